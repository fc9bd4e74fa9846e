//! The journal and its stored records, over memory: no browser is needed.

mod details;
mod found;
mod hearing;
mod keeping;
mod machine;
mod many_tabs;
mod oracle;
mod records;
mod room;
mod rules;
mod sample;
mod step;
mod stored;
