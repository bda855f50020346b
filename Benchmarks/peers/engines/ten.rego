# The ten rules in Rego, for both engines.
package ten

import rego.v1

needed := ["team", "supplier", "state", "weight", "hosting"]

about_people := {"personal", "special"}

states := {"planned", "live", "retiring", "retired"}

complete contains [id, field] if {
	some id, application in data.applications
	some field in needed
	not application[field]
}

dangling contains [id, link.to] if {
	some id, application in data.applications
	some link in application.links
	not data.applications[link.to]
}

dangling contains [id, ability] if {
	some id, application in data.applications
	some ability in application.offers
	not data.abilities[ability]
}

dangling contains [id, application] if {
	some id, project in data.projects
	some application in project.changes
	not data.applications[application]
}

dangling contains [id, ability] if {
	some id, project in data.projects
	some ability in project.builds
	not data.abilities[ability]
}

known_state contains [id] if {
	some id, application in data.applications
	not application.state in states
}

# Who leans on what, from below: every application has an entry, for the walk leaves out what has none.
above := {id: object.get(leaning, id, set()) | some id, _ in data.applications}

leaning[link.to] contains id if {
	some id, application in data.applications
	some link in application.links
}

on_retiring contains id if {
	some retiring, application in data.applications
	application.state == "retiring"
	some id in above[retiring]
}

sinking := graph.reachable(above, on_retiring)

firm_ground contains [id, application] if {
	some id, project in data.projects
	some application in project.changes
	application in sinking
}

sending[id] contains link.to if {
	some id, application in data.applications
	some link in application.links
	link.carries in about_people
	data.applications[link.to].gateway == false
}

sends := {id: object.get(sending, id, set()) | some id, _ in data.applications}

first_reached contains receiver if {
	some id, application in data.applications
	application.gateway == false
	some held in application.holds
	held in about_people
	some receiver in sends[id]
}

reached := graph.reachable(sends, first_reached)

behind_a_gateway contains [id] if {
	some id in reached
	data.applications[id].reach == "internet"
}

strong_foundations contains [id, link.to] if {
	some id, application in data.applications
	application.weight == "vital"
	some link in application.links
	data.applications[link.to].weight == "low"
}

offering[ability][application.area] contains id if {
	some id, application in data.applications
	application.state == "live"
	some ability in application.offers
}

once_in_an_area contains [ability, area] if {
	some ability, areas in offering
	some area, ids in areas
	count(ids) > 1
}

nothing_dead contains [id, link.to] if {
	some id, application in data.applications
	application.state == "live"
	some link in application.links
	data.applications[link.to].state == "retired"
}

changing[application][project.quarter] contains id if {
	some id, project in data.projects
	some application in project.changes
}

one_at_a_time contains [application, quarter] if {
	some application, quarters in changing
	some quarter, ids in quarters
	count(ids) > 1
}

offered contains ability if {
	some application in data.applications
	application.state == "live"
	some ability in application.offers
}

not_built_twice contains [id, ability] if {
	some id, project in data.projects
	some ability in project.builds
	ability in offered
}

found := {
	"complete": complete,
	"dangling-reference": dangling,
	"known-state": known_state,
	"firm-ground": firm_ground,
	"behind-a-gateway": behind_a_gateway,
	"strong-foundations": strong_foundations,
	"once-in-an-area": once_in_an_area,
	"nothing-dead": nothing_dead,
	"one-at-a-time": one_at_a_time,
	"not-built-twice": not_built_twice,
}
