//! What a document consists of, before anybody thinks of Word.

/// The width of the text: 156 mm in twentieths of a point (GB/T 9704).
pub const TEXT_WIDTH: u32 = 8845;

/// The pitch of the lines: 225 mm hold 22 of them, 28.95 pt each (GB/T 9704). 30 pt, as often seen, hold 21.
pub const LINE: u32 = 579;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What it is, for the properties of the file.
    pub title: String,
    /// Its sections; each begins on a leaf of its own with page 1.
    pub sections: Vec<Section>,
}

/// A part of a document that could be a document of its own, such as one member's sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// Its content.
    pub blocks: Vec<Block>,
    /// Whether it is a draft, which every page then says.
    pub is_draft: bool,
    /// What stands beside the page number on every page.
    pub foot: String,
}

/// A piece of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title, line by line.
    Title(Vec<String>),
    /// A heading.
    Heading(Level, String),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// Lines to sign on; they stay together.
    Signatures(Vec<Signature>),
}

/// How deep a heading stands: 一、 · （一） · 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 一、 in 黑体.
    First,
    /// （一） in 楷体.
    Second,
    /// 1. in 仿宋.
    Third,
}

/// A font by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// 仿宋, of running text.
    FangSong,
    /// 黑体, of headings.
    Hei,
    /// 楷体, of headings below those.
    Kai,
    /// 宋体, of page numbers.
    Song,
    /// 小标宋, of titles.
    Title,
}

/// A size by the name printers give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 2号, of titles.
    Second,
    /// 3号, of running text.
    Third,
    /// 4号.
    Fourth,
    /// 小4号, of tables.
    SmallFourth,
    /// 5号.
    Fifth,
}

impl Size {
    /// Tells the size in half points.
    pub const fn half_points(self) -> u32 {
        match self {
            Size::Second => 44,
            Size::Third => 32,
            Size::Fourth => 28,
            Size::SmallFourth => 24,
            Size::Fifth => 21,
        }
    }

    /// Tells the exact pitch of lines of this size.
    pub const fn pitch(self) -> u32 {
        match self {
            Size::Second | Size::Third => LINE,
            Size::Fourth => 480,
            Size::SmallFourth => 400,
            Size::Fifth => 340,
        }
    }
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At both edges, the last line at the left one.
    Both,
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

/// How a paragraph is indented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// Not at all.
    None,
    /// Its first line by two characters.
    First,
    /// Its right edge by four characters, as a date is.
    Right,
}

/// A stretch of text in one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What it says; a line feed breaks the line.
    pub text: String,
    /// In which font.
    pub font: Font,
    /// Whether it is bold.
    pub is_bold: bool,
}

impl Run {
    /// Begins a run of running text.
    pub fn new(text: impl Into<String>) -> Run {
        Run { text: text.into(), font: Font::FangSong, is_bold: false }
    }

    /// Puts it into another font.
    pub fn font(self, font: Font) -> Run {
        Run { font, ..self }
    }

    /// Makes it bold.
    pub fn bold(self) -> Run {
        Run { is_bold: true, ..self }
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text.
    pub runs: Vec<Run>,
    /// Its size.
    pub size: Size,
    /// Where it stands.
    pub align: Align,
    /// How it is indented.
    pub indent: Indent,
    /// Whether it stays on the page of the next one.
    pub keeps_next: bool,
}

impl Paragraph {
    /// Begins a paragraph of running text.
    pub fn new(runs: impl IntoIterator<Item = Run>) -> Paragraph {
        Paragraph {
            runs: runs.into_iter().collect(),
            size: Size::Third,
            align: Align::Both,
            indent: Indent::First,
            keeps_next: false,
        }
    }

    /// Writes a text of any number of lines as so many paragraphs of running text. Blanks typed before a line are its
    /// indent, which every paragraph has anyway.
    pub fn of_text(text: &str) -> Vec<Paragraph> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Paragraph::said).collect()
    }

    /// Writes one line as a paragraph of running text.
    pub fn said(text: impl Into<String>) -> Paragraph {
        Paragraph::new([Run::new(text)])
    }

    /// Puts it elsewhere.
    pub fn align(self, align: Align) -> Paragraph {
        Paragraph { align, ..self }
    }

    /// Gives it another size.
    pub fn size(self, size: Size) -> Paragraph {
        Paragraph { size, ..self }
    }

    /// Indents it otherwise.
    pub fn indent(self, indent: Indent) -> Paragraph {
        Paragraph { indent, ..self }
    }

    /// Keeps it on the page of the next one.
    pub fn keep_next(self) -> Paragraph {
        Paragraph { keeps_next: true, ..self }
    }

    /// Tells its text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A table as wide as the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The share of the width each column has; they are of any unit.
    pub shares: Vec<u32>,
    /// How many rows at the top are repeated on every page.
    pub head: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Begins a table whose columns share the width.
    pub fn new(shares: &[u32]) -> Table {
        Table { shares: shares.to_vec(), head: 0, rows: Vec::new() }
    }

    /// Begins a table whose first row of headings is repeated on every page.
    pub fn with_head(shares: &[u32], head: &[&str]) -> Table {
        let row = Row::new(head.iter().map(|text| Cell::label(*text)));
        Table { shares: shares.to_vec(), head: 1, rows: vec![row] }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> &mut Row {
        self.rows.push(Row::new(cells));
        let last = self.rows.len() - 1;
        // Just pushed, so it is there.
        #[allow(clippy::indexing_slicing)]
        &mut self.rows[last]
    }

    /// Rules so many lines to write on by hand, below what they are for; they may run over a page.
    pub fn ruled(label: &str, lines: u32) -> Table {
        let mut table = Table::new(&[1]);
        if !label.is_empty() {
            table.row([Cell::text(label)]);
        }
        (0..lines).for_each(|_| table.row([Cell::blank()]).room(1));
        table
    }

    /// Tells the width of each column; together they are exactly as wide as the text.
    pub fn widths(&self) -> Vec<u32> {
        let whole: u32 = self.shares.iter().sum::<u32>().max(1);
        let (mut before, mut used) = (0, 0);
        let edges = self.shares.iter().map(|share| {
            before += share;
            let edge = before * TEXT_WIDTH / whole;
            let width = edge - used;
            used = edge;
            width
        });
        edges.collect()
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// How high it is at least, where room is left to write by hand.
    pub height: u32,
}

/// A row of more characters may run over a page: kept whole it would leave half a page blank before it.
const KEPT_WHOLE: usize = 300;

impl Row {
    fn new(cells: impl IntoIterator<Item = Cell>) -> Row {
        Row { cells: cells.into_iter().collect(), height: 0 }
    }

    /// Leaves room for so many lines of handwriting, which stay on one page.
    pub fn room(&mut self, lines: u32) {
        self.height = lines * LINE;
    }

    /// Tells whether it stays on one page.
    pub fn is_kept_whole(&self) -> bool {
        let length = |cell: &Cell| cell.paragraphs.iter().map(|it| it.text().chars().count()).sum::<usize>();
        self.cells.iter().map(length).max().unwrap_or_default() <= KEPT_WHOLE
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub paragraphs: Vec<Paragraph>,
    /// How many columns it spans.
    pub span: usize,
}

impl Cell {
    fn of(text: &str, align: Align, font: Font) -> Cell {
        let mut lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            lines.push("");
        }
        let line = |text| Paragraph::new([Run::new(text).font(font)]).size(Size::SmallFourth).indent(Indent::None);
        Cell { paragraphs: lines.into_iter().map(|text| line(text).align(align)).collect(), span: 1 }
    }

    /// Writes what a row or column is about.
    pub fn label(text: impl AsRef<str>) -> Cell {
        Cell::of(text.as_ref(), Align::Center, Font::Hei)
    }

    /// Writes text.
    pub fn text(text: impl AsRef<str>) -> Cell {
        Cell::of(text.as_ref(), Align::Left, Font::FangSong)
    }

    /// Writes something short into the middle.
    pub fn center(text: impl AsRef<str>) -> Cell {
        Cell::of(text.as_ref(), Align::Center, Font::FangSong)
    }

    /// Leaves the cell blank.
    pub fn blank() -> Cell {
        Cell::text("")
    }

    /// Spans columns.
    pub fn span(self, span: usize) -> Cell {
        Cell { span, ..self }
    }
}

/// A line to sign on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// As what somebody signs.
    pub role: String,
    /// What the record says of the signature, behind the line.
    pub note: String,
}

impl Signature {
    /// Makes a line to sign on.
    pub fn of(role: impl Into<String>) -> Signature {
        Signature { role: role.into(), note: String::new() }
    }
}
