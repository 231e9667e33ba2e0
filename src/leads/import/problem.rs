use std::collections::BTreeMap;

use crate::i18n::Message;

/// The most problems that are told one by one.
const KEPT: usize = 500;
/// The most names that are told one by one.
const NAMES: usize = 500;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub line: usize,
    /// The field that it is about; none for the line as a whole.
    pub field: Option<&'static str>,
    pub message: Message,
}

impl Problem {
    /// Something that is wrong with a field of a line.
    pub fn at(line: usize, field: &'static str, message: Message) -> Problem {
        Problem {
            line,
            field: Some(field),
            message,
        }
    }

    /// Something that is wrong with a line as a whole.
    pub fn whole(line: usize, message: Message) -> Problem {
        Problem {
            line,
            field: None,
            message,
        }
    }
}

/// What is wrong with a file: the first lines of it, and how much there is in all.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    kept: BTreeMap<(usize, usize), Problem>,
    total: usize,
    lines: usize,
    /// A bit for each line that has one.
    marked: Vec<u64>,
}

impl Problems {
    /// Notes one more; of too many, those of the first lines stay.
    pub fn add(&mut self, problem: Problem) {
        self.total += 1;
        self.lines += usize::from(self.mark(problem.line));
        self.kept.insert((problem.line, self.total), problem);
        if self.kept.len() > KEPT {
            self.kept.pop_last();
        }
    }

    /// Marks a line; answers whether it was not yet.
    fn mark(&mut self, line: usize) -> bool {
        let (at, bit) = (line / 64, 1 << (line % 64));
        if at >= self.marked.len() {
            self.marked.resize(at + 1, 0);
        }
        let is_new = self.marked[at] & bit == 0;
        self.marked[at] |= bit;
        is_new
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many lines have any.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// True if nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The first ones by line.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.kept.values()
    }
}

/// Names that mean nobody or nothing here, each with the number of its lines.
#[derive(Debug, Clone, Default)]
pub struct Names {
    lines: BTreeMap<String, usize>,
    /// Lines with names beyond those that are kept.
    beyond: usize,
}

impl Names {
    /// Notes a line with this name.
    pub fn add(&mut self, name: &str) {
        if let Some(lines) = self.lines.get_mut(name) {
            *lines += 1;
        } else if self.lines.len() < NAMES {
            self.lines.insert(name.to_owned(), 1);
        } else {
            self.beyond += 1;
        }
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many lines have one of them.
    pub fn total(&self) -> usize {
        self.lines.values().sum::<usize>() + self.beyond
    }

    /// Lines with names beyond those that [`Names::iter`] gives.
    pub fn beyond(&self) -> usize {
        self.beyond
    }

    /// Name and number of lines, by name.
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
    fn of_too_many_problems_those_of_the_first_lines_are_told() {
        let mut problems = Problems::default();
        for line in (0..2_000).rev() {
            problems.add(Problem::whole(line, Message::new("lead-in-bin")));
        }
        assert_eq!(problems.total(), 2_000);
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, (0..KEPT).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_with_several_problems_is_one_line() {
        let mut problems = Problems::default();
        for line in [2, 2, 5, 2] {
            problems.add(Problem::whole(line, Message::new("lead-in-bin")));
        }
        assert_eq!((problems.total(), problems.lines()), (4, 2));
    }

    #[test]
    fn a_name_is_told_once_with_its_lines() {
        let mut names = Names::default();
        for name in ["b", "a", "b"] {
            names.add(name);
        }
        assert_eq!(names.iter().collect::<Vec<_>>(), [("a", 1), ("b", 2)]);
        assert_eq!((names.len(), names.total()), (2, 3));
    }
}
