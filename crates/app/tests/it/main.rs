//! The binary as its users meet it: answers, exit codes, bad input, and a process killed in the middle.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail loudly, as tests do")]

mod accounts;
mod answers;
mod bad_input;
mod faults;
mod run;
