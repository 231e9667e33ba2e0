//! The pieces of a message: texts, arguments, and choices between forms. `fluent-bundle` can fill messages in too, but turns
//! each number into a text and back to find its plural form, which was an eighth of the time of the list of statuses
//! (decision 0073).

use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use intl_pluralrules::{PluralCategory, PluralRules};

use super::arg::Arg;

/// A piece of a message.
pub(super) enum Piece {
    Text(String),
    /// The name of an argument.
    Argument(String),
    /// One of several forms, chosen by an argument: by the number itself or its plural category, or by the word. If none
    /// fits it is the one at `default`.
    Choice {
        by: String,
        forms: Vec<(String, Vec<Piece>)>,
        default: usize,
    },
}

/// The pieces of a message; nothing if it has anything else, such as another message.
pub(super) fn split(pattern: &Pattern<&str>) -> Option<Vec<Piece>> {
    pattern.elements.iter().map(piece).collect()
}

fn piece(element: &PatternElement<&str>) -> Option<Piece> {
    let expression = match element {
        PatternElement::TextElement { value } => return Some(Piece::Text((*value).to_owned())),
        PatternElement::Placeable { expression } => expression,
    };
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            Some(Piece::Text((*value).to_owned()))
        }
        Expression::Inline(argument) => Some(Piece::Argument(variable(argument)?)),
        Expression::Select { selector, variants } => Some(Piece::Choice {
            by: variable(selector)?,
            forms: variants.iter().map(form).collect::<Option<_>>()?,
            default: variants.iter().position(|variant| variant.default)?,
        }),
    }
}

/// The text of pieces that are nothing else.
pub(super) fn plain_text(pieces: &[Piece]) -> Option<String> {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => Some(text.clone()),
        _ => None,
    };
    pieces.iter().map(text).collect()
}

fn variable(expression: &InlineExpression<&str>) -> Option<String> {
    match expression {
        InlineExpression::VariableReference { id } => Some(id.name.to_owned()),
        _ => None,
    }
}

fn form(variant: &Variant<&str>) -> Option<(String, Vec<Piece>)> {
    let key = match variant.key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    };
    Some((key.to_owned(), split(&variant.value)?))
}

/// The pieces of the form that an argument chooses: the first that fits, or the default; nothing for an instant.
pub(super) fn choose<'a>(
    arg: &Arg,
    forms: &'a [(String, Vec<Piece>)],
    default: usize,
    plurals: &PluralRules,
) -> Option<&'a [Piece]> {
    let first = |fits: &dyn Fn(&str) -> bool| forms.iter().position(|(form, _)| fits(form));
    let index = match arg {
        Arg::Text(word) => first(&|form| form == word && form.parse::<i64>().is_err()),
        Arg::Number(number) => {
            let category = word(plurals.select(*number).ok()?);
            first(&|form| form == category || form.parse() == Ok(*number))
        }
        Arg::Instant(..) => return None,
    };
    let (_, pieces) = forms.get(index.unwrap_or(default))?;
    Some(pieces)
}

/// The name of a plural category in messages. English and Romanian have three for whole numbers.
fn word(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::ONE => "one",
        PluralCategory::FEW => "few",
        _ => "other",
    }
}

#[cfg(test)]
#[path = "pieces_tests.rs"]
mod tests;
