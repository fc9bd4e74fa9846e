//! The built page, end to end: each test starts one browser and uses real input only.

mod accessibility;
mod articles;
mod backup;
mod doctor;
mod durability;
mod edges;
mod faults;
mod folding;
mod harness;
mod keeping_sheet;
mod keyboard;
mod later;
mod loading;
mod long_lists;
mod main_path;
mod memory;
mod phone;
mod print;
mod project_files;
mod real_articles;
mod reflow;
mod repainting;
mod rescue;
mod scripting;
mod storage;
mod tabs;
