//! Proofs over the whole site, asked through the real router on a small province: how many statements a page costs, what every page
//! says, that the API is as its document says, what happens in later years, and that secrets and personal data stay where they belong.
//! Not for: who may ask what (`guarded`), counting (`store`), the behaviour of scripts (the journeys).

mod counts;
mod directory;
mod house;
mod machine;
mod outline;
mod pages;
mod personal;
mod years;
