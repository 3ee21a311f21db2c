//! Bytes ↔ plain structs: what stands in the files people hand in and take away.
//!
//! Forms come in through one door, [`form_in::read_sheets`], which looks at the content and never trusts a name:
//!
//! | file | reader | on top of |
//! |---|---|---|
//! | xlsx | `sheet_in` | calamine, cell by cell |
//! | xls | `xls_in` over `compound_in` | nothing: see there why |
//! | ods | `ods_in` | quick-xml |
//! | docx | `word_in` | quick-xml |
//! | csv, txt | `csv_in` | encoding_rs |
//!
//! What leaves the system is composed in [`paper`] and written by [`word`].
//!
//! Files come from strangers, so every reader fills a `grid_in::Grid`, which counts rows, columns, characters and
//! memory, and every zip is inflated once by `archive_in` with the counter running before any parser sees it.

mod archive_in;
mod compound_in;
mod csv_in;
pub mod csv_out;
pub mod experts_in;
pub mod experts_out;
pub mod file_out;
pub mod form_in;
mod grid_in;
pub mod import;
pub mod json_in;
mod ods_in;
pub mod paper;
pub mod project_json;
mod sheet_in;
pub mod word;
mod word_in;
mod xls_in;
mod xls_text_in;
mod xml_in;

pub use form_in::read_sheets;
pub use import::FormFile;
