login-title = Sign in
login-heading = Sign in
login-lead = Training of the province's civil servants.
login-name = User name
login-password = Password
login-submit = Sign in
login-wrong = User name or password is wrong. Check them, or ask an administrator for a new password.
login-too-many = { $count ->
    [one] Too many wrong attempts. Wait { $n } minute and try again.
   *[other] Too many wrong attempts. Wait { $n } minutes and try again.
  }
login-try = Look around in a role
login-try-lead = Each role sees its own part of the work. Choose one to enter at once, no password needed.
role-administrator = System administrator
role-home_affairs = Department of Home Affairs
role-unit_hr = HR officer of a unit
role-unit_head = Head of a unit
role-province_leader = Province leader
role-learner = Learner
role-inspector = Inspector
role-finance = Department of Finance
role-party_affairs = Party organisation board
role-sees-administrator = Accounts, sessions and the audit; no personal records.
role-sees-home_affairs = The whole province: schemes, targets, people; writes and publishes schemes.
role-sees-unit_hr = Targets and people of the Department of Finance; exports lists.
role-sees-unit_head = Targets and people of the Department of Construction.
role-sees-province_leader = The whole province: the progress of every promise, down to the people.
role-sees-learner = One's own record of education and training.
role-sees-inspector = Every figure and the audit; changes nothing.
role-sees-finance = Figures of the province, plans and estimates; gives its opinion on money.
role-sees-party_affairs = The bloc of Party, Front and mass organisations: reviews, needs, programmes and plans.
