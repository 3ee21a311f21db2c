//! Word documents (.docx) that leave the system, written without any library but `zip`.
//!
//! A paper is first a [`Document`]: blocks of content without any trace of how Word stores them. From it come
//!
//! - [`docx`]: the file, by `package` over `body`, `table`, `frame` and `style`; the same document always gives the
//!   same bytes, because a digest of a file that was issued must mean something;
//! - [`plain`]: the same text for a terminal, so many cells wide.
//!
//! Elements stand in the order of the schema (ECMA-376, wml.xsd): Word calls a file damaged for less. Every text passes
//! `escape`, so that no character gets into the file that XML forbids. Fonts are named, never enclosed: the
//! office machine has them, and their licences are its own.

mod body;
mod escape;
mod frame;
mod model;
mod package;
pub mod plain;
mod style;
mod table;
#[cfg(test)]
mod tests;

pub use model::{
    Align, Block, Cell, Document, Font, Indent, LINE, Level, Paragraph, Row, Run, Section, Signature, Size, TEXT_WIDTH,
    Table,
};
pub use package::docx;
