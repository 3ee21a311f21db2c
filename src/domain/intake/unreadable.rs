//! Why a file cannot be read at all.
//!
//! The reasons stand here and not beside the readers, because `wording` says them in Chinese and may not look
//! into `documents`.

/// Why a file was not read; nothing of it was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableForm {
    /// The file has no content.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than a form ever is.
    #[error("the file is larger than {mebibytes} MiB")]
    TooLarge {
        /// The largest size accepted.
        mebibytes: u32,
    },
    /// The archive holds more parts than an office program writes.
    #[error("the archive holds more than {most} parts")]
    TooManyParts {
        /// The most accepted.
        most: u32,
    },
    /// The archive inflates to more than a form ever holds, or its content was made to exhaust memory.
    #[error("the archive inflates beyond all measure")]
    Bomb,
    /// A sheet has content in a row far below any form.
    #[error("a sheet has more than {most} rows")]
    TooManyRows {
        /// The most accepted.
        most: u32,
    },
    /// A sheet has content in a column far right of any form.
    #[error("a sheet has more than {most} columns")]
    TooManyColumns {
        /// The most accepted.
        most: u32,
    },
    /// The workbook has too many sheets.
    #[error("the workbook has more than {most} sheets")]
    TooManySheets {
        /// The most accepted.
        most: u32,
    },
    /// A cell holds more text than a spreadsheet cell can.
    #[error("a cell holds more than {most} characters")]
    CellTooLong {
        /// The most accepted.
        most: u32,
    },
    /// All cells together hold too much.
    #[error("the file holds too much text")]
    TooMuchText,
    /// A password is needed to open the file.
    #[error("the file is protected by a password")]
    Encrypted,
    /// The file is cut off or damaged.
    #[error("the file is damaged or incomplete")]
    Damaged,
    /// The text is in no encoding that is understood.
    #[error("the text is neither UTF-8 nor GB18030")]
    UnknownEncoding,
    /// The file is something else.
    #[error("the file is not a form but {0}")]
    Foreign(ForeignFile),
}

/// What a file is instead of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignFile {
    /// A Word document of before 2007 (.doc) or a WPS text (.wps).
    OldWord,
    /// An Excel file of before 1997.
    OldExcel,
    /// A binary Excel workbook (.xlsb).
    BinaryExcel,
    /// A PDF or OFD document.
    Pages,
    /// A picture.
    Picture,
    /// A web page or another marked-up text that calls itself a spreadsheet.
    Markup,
    /// An archive of something else.
    Archive,
    /// Something unknown.
    Unknown,
}

impl std::fmt::Display for ForeignFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ForeignFile::OldWord => "an old Word document",
            ForeignFile::OldExcel => "an Excel file of before 1997",
            ForeignFile::BinaryExcel => "a binary Excel workbook",
            ForeignFile::Pages => "a document of fixed pages",
            ForeignFile::Picture => "a picture",
            ForeignFile::Markup => "a web page",
            ForeignFile::Archive => "an archive of something else",
            ForeignFile::Unknown => "of unknown kind",
        })
    }
}
