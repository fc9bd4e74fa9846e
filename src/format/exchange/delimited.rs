//! Tables as text: RFC 4180, with any delimiter. Knows nothing of what the columns mean.

/// A row with the line of the file it begins in.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) cells: Vec<String>,
}

/// The rows of a table. Quoted cells may hold line ends, and quotation marks as `""`; a mark within an
/// unquoted cell is a character like any other. Empty lines are passed over.
pub(super) fn rows(text: &str, delimiter: char) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut cell = String::new();
    let (mut quoted, mut was_quoted) = (false, false);
    let (mut line, mut first_line) = (1_u32, 1_u32);
    let mut letters = text.chars().peekable();
    let mut end_row = |cells: &mut Vec<String>, cell: &mut String, was_quoted: &mut bool, line| {
        if !cells.is_empty() || !cell.is_empty() || *was_quoted {
            cells.push(std::mem::take(cell));
            rows.push(Row {
                line,
                cells: std::mem::take(cells),
            });
        }
        *was_quoted = false;
    };
    while let Some(c) = letters.next() {
        let ends_line = c == '\n' || c == '\r' && letters.peek() != Some(&'\n');
        if quoted {
            match c {
                '"' if letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = false,
                _ => cell.push(c),
            }
        } else if c == '"' && cell.is_empty() && !was_quoted {
            (quoted, was_quoted) = (true, true);
        } else if c == delimiter {
            cells.push(std::mem::take(&mut cell));
            was_quoted = false;
        } else if ends_line {
            end_row(&mut cells, &mut cell, &mut was_quoted, first_line);
        } else if c != '\r' {
            cell.push(c);
        }
        line += u32::from(ends_line);
        if ends_line && !quoted {
            first_line = line;
        }
    }
    end_row(&mut cells, &mut cell, &mut was_quoted, first_line);
    rows
}

/// A table in the making. Rows end in CR LF, as the standard has it.
pub(super) struct Table {
    delimiter: char,
    /// Whether cells that a spreadsheet would take for formulas get an apostrophe.
    defuse: bool,
    made: String,
    has_cells: bool,
}

impl Table {
    pub(super) fn new(delimiter: char, defuse: bool) -> Self {
        Self {
            delimiter,
            defuse,
            made: String::new(),
            has_cells: false,
        }
    }

    pub(super) fn cell(&mut self, text: &str) {
        if self.has_cells {
            self.made.push(self.delimiter);
        }
        self.has_cells = true;
        let is_formula = self.defuse && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let defusing = if is_formula { "'" } else { "" };
        let must_be_quoted = |c: char| c == self.delimiter || "\"\r\n".contains(c);
        // Blanks at an end are lost on some readers unless they are quoted.
        if text.contains(must_be_quoted) || text.trim() != text {
            let doubled = text.replace('"', "\"\"");
            self.made.push_str(&format!("\"{defusing}{doubled}\""));
        } else {
            self.made.push_str(defusing);
            self.made.push_str(text);
        }
    }

    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        for cell in cells {
            self.cell(cell);
        }
        self.end_row();
    }

    pub(super) fn end_row(&mut self) {
        self.made.push_str("\r\n");
        self.has_cells = false;
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.made.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rows_know_their_lines() {
        let text = "a,\"b\r\nc\"\"\",\r\n\r\n\"\",d\"e\nlast";
        let expected = [
            (1, vec!["a", "b\r\nc\"", ""]),
            (4, vec!["", "d\"e"]),
            (5, vec!["last"]),
        ];
        let rows = rows(text, ',');
        let seen: Vec<(u32, Vec<&str>)> = rows
            .iter()
            .map(|it| (it.line, it.cells.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn formulas_are_defused_on_request_only() {
        for (defuse, made) in [(false, "=1+1,-a\r\n"), (true, "'=1+1,'-a\r\n")] {
            let mut table = Table::new(',', defuse);
            table.row(["=1+1", "-a"]);
            assert_eq!(table.finish(), made.as_bytes());
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            cells in proptest::collection::vec(proptest::collection::vec("[a\",;\t\r\n é🚲]{0,6}", 2..4), 1..4),
            delimiter in proptest::sample::select(&[',', ';', '\t']),
        ) {
            let mut table = Table::new(delimiter, false);
            for row in &cells {
                table.row(row.iter().map(String::as_str));
            }
            let text = String::from_utf8(table.finish()).expect("it is text");
            let read: Vec<Vec<String>> = rows(&text, delimiter).into_iter().map(|it| it.cells).collect();
            prop_assert_eq!(read, cells);
        }
    }
}
