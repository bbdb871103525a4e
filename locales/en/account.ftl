account-title = Account
account-sessions = Sessions
account-sessions-note = If a session is not yours, end it at once and change the password.
account-agent = Browser
account-created = Signed in
account-seen = Last used
account-this = this session
account-end = End session
account-unknown-agent = Unknown browser
account-tokens = Access tokens for programs
account-tokens-note = A token lets a program read what this account may see; it can change nothing.
account-api = Documentation of the API
account-token-name = What it is for
account-token-days = Valid for
account-token-make = Make a token
account-token-made = Access token made
account-token-once = Copy it now: only its digest is kept, so it cannot be shown again.
account-token-name-wrong = Say what the token is for, in at most 80 letters.
account-token-days-wrong = Choose one of the listed spans.
account-days = { $count ->
    [one] { $n } day
   *[other] { $n } days
}
admin-title = Accounts and roles
admin-lead = Roles in force today; a person with two roles has two lines.
admin-none = There are no accounts yet.
admin-name = Name
admin-login = Login
admin-role = Role
admin-place = Reach
admin-whole = Whole province
admin-state = State
admin-locked = Locked
admin-open = Active
