//! What a line of Markdown begins: a heading, a fence, an item and so on. Knows nothing of the
//! lines around it.

/// How many columns of white space `line` begins with; a tab reaches to the next multiple of 4.
pub(super) fn indent(line: &str) -> usize {
    white(line, 0, usize::MAX).0
}

/// `line` without its first `columns` columns of white space, as far as there are any. A tab that
/// reaches further goes as a whole.
pub(super) fn outdent(line: &str, columns: usize) -> &str {
    &line[white(line, 0, columns).1..]
}

/// Columns and bytes of the white space, up to `most` columns of it, that `text` begins with;
/// `text` itself begins at a column of its line.
fn white(text: &str, column: usize, most: usize) -> (usize, usize) {
    let mut width = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if width >= most => return (width, at),
            b' ' => width += 1,
            b'\t' => width += 4 - (column + width) % 4,
            _ => return (width, at),
        }
    }
    (width, text.len())
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// What stands in `line` after an indent that still lets it begin something.
fn head(line: &str) -> Option<&str> {
    (indent(line) < 4).then(|| line.trim())
}

/// How many times `byte` stands at the beginning of `text`.
pub(super) fn run(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|&it| it == byte).count()
}

/// Level and words of a heading with `#`.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let head = head(line)?;
    let level = run(head, b'#');
    let words = &head[level..];
    if !(1..=6).contains(&level) || !(words.is_empty() || words.starts_with([' ', '\t'])) {
        return None;
    }
    let words = words.trim();
    let open = words.trim_end_matches('#');
    let is_closed = open.is_empty() || open.ends_with([' ', '\t']);
    Some((level as u8, if is_closed { open.trim() } else { words }))
}

/// The level of the heading that a line of `=` or `-` makes of the lines above it.
pub(super) fn underline(line: &str) -> Option<u8> {
    let head = head(line)?;
    let of = |byte| !head.is_empty() && run(head, byte) == head.len();
    match (of(b'='), of(b'-')) {
        (true, _) => Some(1),
        (_, true) => Some(2),
        _ => None,
    }
}

/// Whether the line is a rule, such as `***` or `- - -`.
pub(super) fn is_rule(line: &str) -> bool {
    let Some(head) = head(line) else {
        return false;
    };
    let mark = head.bytes().next().unwrap_or(b' ');
    let fits = |it: u8| it == mark || matches!(it, b' ' | b'\t');
    let count = || head.bytes().filter(|&it| it == mark).count();
    b"*-_".contains(&mark) && head.bytes().all(fits) && count() >= 3
}

/// Byte and length of the fence that begins a block of code.
pub(super) fn fence(line: &str) -> Option<(u8, usize)> {
    let head = head(line)?;
    let byte = *head.as_bytes().first()?;
    let length = run(head, byte);
    let fits = match byte {
        b'`' => !head[length..].contains('`'),
        b'~' => true,
        _ => false,
    };
    (fits && length >= 3).then_some((byte, length))
}

/// Whether the line ends the block of code that `fence` began.
pub(super) fn ends_fence(line: &str, (byte, length): (u8, usize)) -> bool {
    head(line).is_some_and(|head| run(head, byte) == head.len() && head.len() >= length)
}

/// What stands after the mark of a quotation.
pub(super) fn quoted(line: &str) -> Option<&str> {
    let inner = outdent(line, 3).strip_prefix('>')?;
    Some(inner.strip_prefix([' ', '\t']).unwrap_or(inner))
}

/// The mark of a list item.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct ItemMark {
    /// What all items of a list share: `-`, `+`, `*`, `.` or `)`.
    pub(super) sign: u8,
    /// `None` where the list is not numbered.
    pub(super) number: Option<u64>,
    /// Where the words of the item begin, in columns.
    pub(super) width: usize,
}

/// The mark that `line` begins with, and what stands after it.
pub(super) fn item(line: &str) -> Option<(ItemMark, &str)> {
    let before = indent(line);
    if before > 3 || is_rule(line) {
        return None;
    }
    let head = outdent(line, before);
    let digits = head.bytes().take_while(u8::is_ascii_digit).count();
    let sign = *head.as_bytes().get(digits)?;
    let fits = match digits {
        0 => b"-+*".contains(&sign),
        1..=9 => b".)".contains(&sign),
        _ => false,
    };
    let rest = &head[digits..].get(1..).filter(|_| fits)?;
    let after = before + digits + 1;
    let gap = white(rest, after, usize::MAX).0;
    if gap == 0 && !rest.is_empty() {
        return None;
    }
    // More than four blanks after the mark are one, and code.
    let gap = if is_blank(rest) || gap > 4 { 1 } else { gap };
    let mark = ItemMark {
        sign,
        number: head[..digits].parse().ok(),
        width: after + gap,
    };
    Some((mark, &rest[white(rest, after, gap).1..]))
}

/// Tags that begin a block of HTML wherever they stand at the beginning of a line.
const BLOCK_TAGS: &str = " address article aside base basefont blockquote body caption center col \
    colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset \
    h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol \
    optgroup option p param search section summary table tbody td tfoot th thead title tr track ul ";

/// What ends the block of HTML that `line` begins; nothing for one that a blank line ends.
pub(super) fn html(line: &str, after_words: bool) -> Option<&'static str> {
    let head = head(line)?.strip_prefix('<')?;
    if let Some((_, end)) = super::inline::declaration(head) {
        return Some(end);
    }
    let name = head.strip_prefix('/').unwrap_or(head);
    let length = name
        .bytes()
        .take_while(|it| it.is_ascii_alphanumeric() || *it == b'-')
        .count();
    let (name, rest) = name.split_at(length);
    if name.is_empty() || !(rest.is_empty() || rest.starts_with([' ', '\t', '>', '/'])) {
        return None;
    }
    let name = format!(" {} ", name.to_ascii_lowercase());
    for (tag, end) in [
        (" pre ", "</pre>"),
        (" script ", "</script>"),
        (" style ", "</style>"),
        (" textarea ", "</textarea>"),
    ] {
        if name == tag && !head.starts_with('/') {
            return Some(end);
        }
    }
    let alone = !after_words && super::inline::tag(&line[indent(line)..]).is_some_and(is_blank);
    (alone || BLOCK_TAGS.contains(&name)).then_some("")
}

/// The cells of a row of a table.
pub(super) fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '|' if letters.peek().is_none() => break,
            '|' => cells.push(String::new()),
            _ => {
                let last = cells.len() - 1;
                match letters.peek() {
                    // A bar that is part of a cell.
                    Some('|') if letter == '\\' => cells[last].extend(letters.next()),
                    _ => cells[last].push(letter),
                }
            }
        }
    }
    cells
}

/// Whether `rule` is the line between the head of a table, `line`, and its rows.
pub(super) fn is_table(line: &str, rule: &str) -> bool {
    let is_dashes = |cell: &String| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && run(cell, b'-') == cell.len()
    };
    if !line.contains('|') || !rule.contains('|') || indent(line) > 3 || indent(rule) > 3 {
        return false;
    }
    let rule = cells(rule);
    rule.iter().all(is_dashes) && rule.len() == cells(line).len()
}

/// Whether `line` begins something new right below the words of a paragraph.
pub(super) fn interrupts(line: &str) -> bool {
    let is_item = item(line)
        .is_some_and(|(mark, rest)| !is_blank(rest) && matches!(mark.number, None | Some(1)));
    is_item
        || is_rule(line)
        || heading(line).is_some()
        || fence(line).is_some()
        || quoted(line).is_some()
        || html(line, true).is_some()
}
