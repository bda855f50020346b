# Triglyph in a container that is given a repository to read.
#
#   docker build --tag triglyph .
#   docker run --rm --network none --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     --user "$(id -u):$(id -g)" --volume "$PWD:/repository:ro" triglyph check
#
# The user has to be the owner of the folder: Git reads no repository of somebody else's. Both images are pinned by their tags
# only; whoever builds for others pins the digests that `docker buildx imagetools inspect` prints.

FROM swift:6.2-bookworm AS build
WORKDIR /source
# Libraries of the distribution, as new as it has them.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    binutils fonts-dejavu-core g++ git libgraphviz-dev libmimalloc-dev libre2-dev libsqlite3-dev libyaml-dev make pkg-config python3 tzdata \
  && rm -rf /var/lib/apt/lists/*
COPY . .
RUN make install DESTDIR=/installed PREFIX=/usr/local

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Triglyph" \
  org.opencontainers.image.description="Checks an architecture catalogue against common standards, and draws it" \
  org.opencontainers.image.licenses="Apache-2.0"
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    fonts-dejavu-core git libgvc6 libmimalloc2.0 libre2-9 libsqlite3-0 libstdc++6 libyaml-0-2 tzdata \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin triglyph
COPY --from=build /installed/usr/local/ /usr/local/
USER 10001:10001
WORKDIR /repository
ENTRYPOINT ["triglyph"]
CMD ["check"]
