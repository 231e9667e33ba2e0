//! Problems of lines, and unknown names with their number of lines, both bounded in memory.

use std::collections::BTreeMap;

use crate::i18n::Message;
use crate::leads::domain::import_job::{ChunkResult, SkippedLine};

/// The most problems that are stored.
const MAX_PROBLEMS: usize = 500;
/// The most names that are stored.
const MAX_NAMES: usize = 500;

/// A problem of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub line: usize,
    /// The field with the problem; `None` for the whole line.
    pub field: Option<&'static str>,
    pub message: Message,
    /// The start of the value in the file; empty for a whole line.
    pub value: String,
}

/// The most characters of a value that is shown.
const MAX_VALUE: usize = 60;

impl Problem {
    /// A problem of one field.
    pub fn for_field(line: usize, field: &'static str, message: Message) -> Problem {
        Problem {
            line,
            field: Some(field),
            message,
            value: String::new(),
        }
    }

    /// This problem with the value in the file.
    pub fn with_value(self, value: &str) -> Problem {
        Problem {
            value: value.chars().take(MAX_VALUE).collect(),
            ..self
        }
    }

    /// A problem of a whole line.
    pub fn for_line(line: usize, message: Message) -> Problem {
        Problem {
            line,
            field: None,
            message,
            value: String::new(),
        }
    }
}

impl From<&Problem> for SkippedLine {
    fn from(problem: &Problem) -> SkippedLine {
        SkippedLine {
            line: problem.line,
            field: problem.field.map(str::to_owned),
            reason: problem.message.clone().into(),
        }
    }
}

impl ChunkResult {
    /// Adds skipped rows and their problems.
    pub fn skip_rows(&mut self, rows: usize, problems: &[Problem]) {
        self.skipped_rows += rows;
        self.problems.extend(problems.iter().map(SkippedLine::from));
    }
}

/// The problems of one field for one reason.
#[derive(Debug, Clone)]
pub struct ProblemKind {
    pub count: usize,
    /// The problem of the first line.
    pub first: Problem,
}

/// The problems of the first lines of a file, and the total of all.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    first: BTreeMap<(usize, usize), Problem>,
    kinds: BTreeMap<(Option<&'static str>, &'static str), ProblemKind>,
    total: usize,
    lines: usize,
    /// One bit for each line, set if it has a problem.
    marked_lines: Vec<u64>,
}

impl Problems {
    /// Adds a problem; beyond the limit, the problems of the first lines are kept.
    pub fn add(&mut self, problem: Problem) {
        self.total += 1;
        self.lines += usize::from(self.mark_line(problem.line));
        let kind = self.kinds.entry((problem.field, problem.message.key));
        let kind = kind.or_insert_with(|| ProblemKind {
            count: 0,
            first: problem.clone(),
        });
        kind.count += 1;
        if problem.line < kind.first.line {
            kind.first = problem.clone();
        }
        self.first.insert((problem.line, self.total), problem);
        if self.first.len() > MAX_PROBLEMS {
            self.first.pop_last();
        }
    }

    /// Marks a line; returns true if it was not marked before.
    fn mark_line(&mut self, line: usize) -> bool {
        let (index, bit) = (line / 64, 1 << (line % 64));
        if index >= self.marked_lines.len() {
            self.marked_lines.resize(index + 1, 0);
        }
        let is_new = self.marked_lines[index] & bit == 0;
        self.marked_lines[index] |= bit;
        is_new
    }

    /// The kinds of problems, the most frequent first.
    pub fn kinds(&self) -> Vec<&ProblemKind> {
        let mut kinds: Vec<&ProblemKind> = self.kinds.values().collect();
        kinds.sort_by_key(|kind| (std::cmp::Reverse(kind.count), kind.first.line));
        kinds
    }

    /// True for a line with a problem.
    pub fn is_bad_line(&self, line: usize) -> bool {
        let bits = self.marked_lines.get(line / 64);
        bits.is_some_and(|bits| bits & (1 << (line % 64)) != 0)
    }

    /// The number of problems.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The number of lines with a problem.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// True without problems.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The stored problems, by line.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.first.values()
    }
}

/// Names in a file, each with its number of lines.
#[derive(Debug, Clone, Default)]
pub struct NameCounts {
    lines: BTreeMap<String, usize>,
    /// Lines with names beyond the limit.
    further_lines: usize,
}

impl NameCounts {
    /// Counts a line with this name.
    pub fn add(&mut self, name: &str) {
        if let Some(lines) = self.lines.get_mut(name) {
            *lines += 1;
        } else if self.lines.len() < MAX_NAMES {
            self.lines.insert(name.to_owned(), 1);
        } else {
            self.further_lines += 1;
        }
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The number of stored names.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The number of lines with a name.
    pub fn total(&self) -> usize {
        self.lines.values().sum::<usize>() + self.further_lines
    }

    /// Lines with names beyond the limit, which the iterator leaves out.
    pub fn further_lines(&self) -> usize {
        self.further_lines
    }

    /// The stored names with their number of lines, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.lines
            .iter()
            .map(|(name, lines)| (name.as_str(), *lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_problems_of_the_first_lines_are_kept() {
        let mut problems = Problems::default();
        for line in (0..2_000).rev() {
            problems.add(Problem::for_line(line, Message::new("lead-in-bin")));
        }
        assert_eq!(problems.total(), 2_000);
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, (0..MAX_PROBLEMS).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_with_several_problems_is_one_line() {
        let mut problems = Problems::default();
        for line in [2, 2, 5, 2] {
            problems.add(Problem::for_line(line, Message::new("lead-in-bin")));
        }
        assert_eq!((problems.total(), problems.lines()), (4, 2));
    }

    #[test]
    fn a_name_is_listed_once_with_its_number_of_lines() {
        let mut names = NameCounts::default();
        for name in ["b", "a", "b"] {
            names.add(name);
        }
        assert_eq!(names.iter().collect::<Vec<_>>(), [("a", 1), ("b", 2)]);
        assert_eq!((names.len(), names.total()), (2, 3));
    }
}
