//! The journal and its stored records, over memory: no browser is needed.

mod hearing;
mod keeping;
mod machine;
mod records;
mod rules;
mod sample;
mod step;
