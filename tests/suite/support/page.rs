use std::fmt;

use reqwest::Method;
use scraper::{ElementRef, Html, Selector};

use super::Answer;

/// A parsed page.
pub struct Page {
    /// The path of the request.
    pub path: String,
    pub status: u16,
    pub answer: Answer,
    html: Html,
}

/// A form with the fields a browser would send.
pub struct FilledForm {
    pub action: String,
    pub method: Method,
    pub is_multipart: bool,
    pub fields: Vec<(String, String)>,
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text().chars().take(2000).collect();
        write!(f, "{} at {}\n{text}", self.status, self.path)
    }
}

impl Page {
    /// The page in an answer.
    pub fn read(path: &str, answer: Answer) -> Page {
        let is_html = answer.header("content-type").starts_with("text/html");
        let html = Html::parse_document(if is_html { answer.text() } else { "" });
        Page {
            path: path.to_owned(),
            status: answer.status,
            answer,
            html,
        }
    }

    /// Where a redirect leads.
    pub fn leads_to(&self) -> Option<String> {
        let location = self.answer.header("location");
        (self.status == 303).then(|| location.to_owned())
    }

    /// Every element that matches.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&parsed(selector)).collect()
    }

    /// The first element that matches.
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        self.html
            .select(&parsed(selector))
            .next()
            .unwrap_or_else(|| panic!("no {selector} in {self:?}"))
    }

    /// True if something matches.
    pub fn has(&self, selector: &str) -> bool {
        self.html.select(&parsed(selector)).next().is_some()
    }

    /// The text of each element that matches, with single spaces.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text_of).collect()
    }

    /// The words of the page, without its head.
    pub fn text(&self) -> String {
        self.texts("body").join(" ")
    }

    /// The text of the banner.
    pub fn banner(&self) -> String {
        self.texts("[data-banner-text]").join(" ")
    }

    /// The CSRF token that every form of the page carries.
    pub fn csrf(&self) -> String {
        let tokens = self.attributes("input[name=csrf]", "value");
        tokens.into_iter().next().expect("a token")
    }

    /// The title of the document.
    pub fn title(&self) -> String {
        text_of(self.one("title"))
    }

    /// The attribute of each element that matches and has it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector)
            .into_iter()
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// The form that matches, or that of the button, with the fields that a browser would send untouched.
    pub fn form(&self, selector: &str) -> FilledForm {
        let chosen = self.one(selector);
        // A button may send its form to an address of its own.
        let mut above = chosen.ancestors().filter_map(ElementRef::wrap);
        let form = match chosen.value().name() {
            "button" => above
                .find(|above| above.value().name() == "form")
                .expect("its form"),
            _ => chosen,
        };
        let action = chosen.attr("formaction").or(form.attr("action"));
        let action = action.filter(|action| !action.is_empty());
        let method = form.attr("method").unwrap_or("get");
        FilledForm {
            action: action.unwrap_or(&self.path).to_owned(),
            method: method.to_uppercase().parse().expect("a method"),
            is_multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields: self.fields_of(form),
        }
    }

    /// The form in the menu of a row, filled in as `static/js/menu.js` does: `row` and `form` are selectors.
    pub fn menu_form(&self, row: &str, form: &str) -> FilledForm {
        let link = self.one(&format!("{row} a[data-menu]"));
        let href = link.attr("href").expect("an address");
        let path = href.split(['?', '#']).next().expect("a part");
        let mut filled = self.form(form);
        if let Some(rest) = self.one(form).attr("data-path") {
            filled.action = format!("{path}{rest}");
        }
        let of_row = [
            ("ids", path.rsplit('/').next()),
            ("from", self.one(row).attr("data-card")),
        ];
        for (name, value) in &mut filled.fields {
            let given = of_row.iter().find(|(given, _)| given == name);
            if let Some((_, Some(given))) = given {
                *value = (*given).to_owned();
            }
        }
        filled
    }

    fn fields_of(&self, form: ElementRef) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for element in self.all("input[name], textarea[name], select[name]") {
            let is_ours = match element.attr("form") {
                Some(id) => form.attr("id") == Some(id),
                None => element.ancestors().any(|above| above.id() == form.id()),
            };
            if is_ours && element.attr("disabled").is_none() {
                let name = element.attr("name").unwrap_or_default();
                let values = values_of(element).into_iter();
                fields.extend(values.map(|value| (name.to_owned(), value)));
            }
        }
        fields
    }
}

impl FilledForm {
    /// The form with these fields in place of those of the same names.
    pub fn with(mut self, fields: &[(&str, &str)]) -> FilledForm {
        self.fields
            .retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        let given = fields.iter();
        self.fields
            .extend(given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.as_str())
    }
}

/// What a browser sends for an untouched control.
fn values_of(element: ElementRef) -> Vec<String> {
    let value = |fallback: &str| element.attr("value").unwrap_or(fallback).to_owned();
    match (
        element.value().name(),
        element.attr("type").unwrap_or("text"),
    ) {
        ("textarea", _) => {
            let text: String = element.text().collect();
            vec![text.strip_prefix('\n').unwrap_or(&text).to_owned()]
        }
        ("select", _) => selected(element),
        (_, "checkbox" | "radio") if element.attr("checked").is_none() => vec![],
        (_, "checkbox" | "radio") => vec![value("on")],
        (_, "submit" | "button" | "image" | "reset" | "file") => vec![],
        _ => vec![value("")],
    }
}

fn selected(select: ElementRef) -> Vec<String> {
    let options: Vec<ElementRef> = select.select(&parsed("option")).collect();
    let value = |option: &ElementRef| {
        option
            .attr("value")
            .map_or_else(|| text_of(*option), str::to_owned)
    };
    let chosen: Vec<String> = options
        .iter()
        .filter(|option| option.attr("selected").is_some())
        .map(value)
        .collect();
    if chosen.is_empty() && select.attr("multiple").is_none() {
        return options.first().map(value).into_iter().collect();
    }
    chosen
}

/// The words of an element with single spaces between them.
pub fn text_of(element: ElementRef) -> String {
    let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    words.join(" ")
}

fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|e| panic!("{selector}: {e}"))
}
