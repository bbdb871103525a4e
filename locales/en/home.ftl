home-title = Overview
home-as-of = figures as of
home-facets = Filter by state
home-all = All targets
home-tasks = Tasks to do
home-no-tasks = No task is late or due in the next 30 days.
home-quotas = Quotas
home-no-quotas = No scheme gives quotas to agencies.
home-quota-reached = Reached
home-quota-label = { $reached } of { $all } quotas reached
home-quality = Data quality
home-quality-wrong = printed figures do not add up
home-quality-of = { $n } figures in the tables of signed documents were recomputed.
home-quality-link = See each of them
home-empty = No target is in this state.
legend-value = reached so far
legend-expected = needed by today
legend-threshold = promised
place-day = Figures as of
place-unit = Unit
place-show = Show
place-today = Back to today
place-last-month = End of last month
place-year-end = End of the year
place-chosen = Looking at
place-below = Below it
place-unreadable-day = There is no day “{ $typed }”; these are the figures of { $day }. Write 2026-11-22 or 22/11/2026.
place-unknown-unit = On { $day } there was no unit “{ $typed }” within your scope; showing all of your scope.
facts-from = from { $year }
state-not_started = Not started
state-on_track = On track
state-at_risk = At risk
state-behind = Behind
state-met = Met
state-missed = Missed
task-late = Late
task-due = Due
task-open = Not yet due
task-continuous = Continuous
task-done = Done
task-late-short = late
task-due-short = due
col-code = Code
col-target = Target
col-value = Value
col-progress = Against the promise
col-state = State
col-trend = Forecast
col-missing = Missing
row-aspiration = aspiration
row-promise = promised
trend-reaches = will be met
trend-misses = will not be met
missing-inner = { $n } of the inner minimum
note-above-ceiling = above the ceiling
bar-label = { $value }, promised { $threshold }, { $state }
value-yes = Yes
value-not-yet = Not yet
noun-people = { $count ->
    [one] { $n } person
   *[other] { $n } people
  }
noun-attendance = { $count ->
    [one] { $n } attendance
   *[other] { $n } attendances
  }
noun-appointment = { $count ->
    [one] { $n } appointment
   *[other] { $n } appointments
  }
noun-class = { $count ->
    [one] { $n } class
   *[other] { $n } classes
  }
noun-delegation = { $count ->
    [one] { $n } delegation
   *[other] { $n } delegations
  }
noun-workshop = { $count ->
    [one] { $n } workshop
   *[other] { $n } workshops
  }
noun-study_visit = { $count ->
    [one] { $n } study visit
   *[other] { $n } study visits
  }
noun-dialogue = { $count ->
    [one] { $n } dialogue
   *[other] { $n } dialogues
  }
noun-event = { $count ->
    [one] { $n } event
   *[other] { $n } events
  }
kind-province = Province
kind-department = Provincial departments
kind-party_body = Party bodies
kind-front_body = Fatherland Front and mass organisations
kind-district = Districts, towns and cities
kind-commune = Communes and wards
kind-division = Divisions
kind-school = Schools
kind-hospital = Hospitals and health centres
kind-public_unit = Other public service units
