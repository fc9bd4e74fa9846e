//! The built page, end to end: each test starts one browser and uses real input only.

mod accessibility;
mod articles;
mod backup;
mod doctor;
mod durability;
mod edges;
mod faults;
mod finding;
mod folding;
mod harness;
mod keeping_sheet;
mod keyboard;
mod loading;
mod main_path;
mod phone;
mod project_files;
mod real_articles;
mod reflow;
mod rescue;
mod scripting;
mod storage;
mod tabs;
