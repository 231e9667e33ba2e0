//! The inputs for what a lead needs to enter a status.

use crate::error::{FieldErrors, RequirementKind, Unmet};
use crate::i18n::Message;
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::lead::{LeadField, LeadFields};
use crate::leads::domain::rights::Rights;
use crate::records::field::Field;
use crate::records::fields::Fields;
use crate::statuses::{LeadStatus, RuleField, RuleLevel, RuleTest};

/// A field of the lead that a rule asks for.
pub struct FieldInput {
    pub field: LeadField,
    /// The name of its input.
    pub name: String,
    /// The texts of the rules that ask for it.
    pub hint: String,
    /// The typed text, else the value of the lead.
    pub typed: String,
}

/// A rule that asks for a confirmation or for evidence.
pub struct Question {
    pub rule: i64,
    pub text: String,
    pub is_required: bool,
    pub is_confirmed: bool,
    pub typed: String,
}

/// The requirements that are not met, and the typed answers.
#[derive(Default)]
pub struct RuleInputs {
    pub fields: Vec<FieldInput>,
    pub confirmations: Vec<Question>,
    pub evidence: Vec<Question>,
    /// The reasons to choose from, if a reason is missing; without any it is a text.
    pub reasons: Option<Vec<String>>,
    pub reason: String,
    /// The requirements that no input can meet: where the lead comes from, or who moves it.
    pub refusals: Vec<Message>,
    /// True if the user may pass the rules.
    pub can_override: bool,
    pub is_overriding: bool,
    pub override_reason: String,
}

impl RuleInputs {
    /// The inputs for `unmet`. `lead` has the present values of its fields.
    pub fn new(
        unmet: &[Unmet],
        fields: &Fields,
        lead: Option<&LeadFields>,
        rights: Rights,
    ) -> RuleInputs {
        let members = |name| fields.object(name).ok().flatten().unwrap_or_default();
        let (typed_fields, typed_evidence) = (members("fields"), members("evidence"));
        let is_forbidden = unmet
            .iter()
            .any(|unmet| unmet.kind == RequirementKind::Mover);
        let mut inputs = RuleInputs {
            reason: fields.string("reason"),
            can_override: rights.can_manage && !is_forbidden,
            is_overriding: fields.is_on("override"),
            override_reason: fields.string("override_reason"),
            ..RuleInputs::default()
        };
        for unmet in unmet {
            match (unmet.kind, unmet.rule) {
                (RequirementKind::Field, _) => inputs.add_field(unmet, &typed_fields, lead),
                (RequirementKind::Confirm, Some(rule)) => {
                    let typed = String::new();
                    inputs.confirmations.push(Question::new(unmet, rule, typed));
                }
                (RequirementKind::Evidence, Some(rule)) => {
                    let typed = typed_evidence.string(&rule.to_string());
                    inputs.evidence.push(Question::new(unmet, rule, typed));
                }
                (RequirementKind::Reason, _) => {
                    inputs.reasons = Some(unmet.choices.clone().unwrap_or_default())
                }
                _ => inputs.refusals.push(unmet.message()),
            }
        }
        inputs
    }

    /// The inputs for the rules of a status that one answer can meet for several leads, with the answers so far.
    pub fn of_status(
        status: &LeadStatus,
        answers: &MoveAnswers,
        reason: &str,
        rights: Rights,
    ) -> RuleInputs {
        let mut inputs = RuleInputs {
            reasons: (!status.reasons.is_empty()).then(|| status.reasons.lines().to_vec()),
            reason: reason.to_owned(),
            can_override: rights.can_manage && !status.is_open_to_all(),
            is_overriding: answers.override_reason.is_some(),
            override_reason: answers.override_reason.clone().unwrap_or_default(),
            ..RuleInputs::default()
        };
        for rule in status.entry_rules.iter() {
            let question = Question {
                rule: rule.id,
                text: rule.text.clone(),
                is_required: rule.level == RuleLevel::Block,
                is_confirmed: answers.confirmed.contains(&rule.id),
                typed: answers.evidence_for(rule.id).unwrap_or_default().to_owned(),
            };
            match rule.test {
                RuleTest::Field(_) => {}
                RuleTest::Confirm => inputs.confirmations.push(question),
                RuleTest::Evidence => inputs.evidence.push(question),
            }
        }
        inputs
    }

    fn add_field(&mut self, unmet: &Unmet, typed: &Fields, lead: Option<&LeadFields>) {
        let field = unmet.field.and_then(LeadField::from_name);
        let Some((field, name)) = field.and_then(|field| Some((field, input_name(field)?))) else {
            return;
        };
        let text = unmet.text.clone().unwrap_or_default();
        if let Some(input) = self.fields.iter_mut().find(|input| input.field == field) {
            input.hint = format!("{} · {text}", input.hint);
            return;
        }
        let present = |lead: &LeadFields| crate::records::field::FieldValues::text(lead, field);
        let value = match typed.text(field.name()) {
            Some(typed) => typed.to_owned(),
            None => lead.map(present).unwrap_or_default(),
        };
        self.fields.push(FieldInput {
            field,
            name,
            hint: text,
            typed: value,
        });
        if field == LeadField::Value {
            let currency = typed.text("currency").map(str::to_owned);
            let present = lead.map(|lead| lead.currency.code().to_owned());
            self.fields.push(FieldInput {
                field: LeadField::Currency,
                name: "fields[currency]".to_owned(),
                hint: String::new(),
                typed: currency.or(present).unwrap_or_default(),
            });
        }
    }

    /// True if no answer of the user can make the move possible.
    pub fn is_hopeless(&self) -> bool {
        !self.refusals.is_empty() && !self.can_override
    }

    /// True if there is an input with this name.
    pub fn has_input(&self, name: &str) -> bool {
        let is_named = |question: &Question| name == format!("evidence[{}]", question.rule);
        self.fields.iter().any(|field| field.name == name)
            || self.evidence.iter().any(is_named)
            || (name == "reason" && self.reasons.is_some())
            || (self.can_override && matches!(name, "override" | "override_reason"))
    }

    /// True if `choice` is the reason that was typed.
    pub fn is_reason(&self, choice: &str) -> bool {
        self.reason == choice
    }
}

impl Question {
    fn new(unmet: &Unmet, rule: i64, typed: String) -> Question {
        Question {
            rule,
            text: unmet.text.clone().unwrap_or_default(),
            is_required: unmet.is_blocking(),
            is_confirmed: false,
            typed,
        }
    }
}

/// The name of the input for a field that changes with a move: what rules can ask for, and the currency of a value.
fn input_name(field: LeadField) -> Option<String> {
    let has_input = RuleField::from_word(field.name()).is_some() || field == LeadField::Currency;
    has_input.then(|| format!("fields[{}]", field.name()))
}

/// The errors, those of fields at the names of their inputs.
pub fn at_inputs(errors: &FieldErrors) -> FieldErrors {
    let mut at_inputs = FieldErrors::new();
    for (field, message) in errors.iter() {
        let input = LeadField::from_name(field).and_then(input_name);
        match input {
            Some(input) => at_inputs.add(input, message.clone()),
            None => at_inputs.add(field.to_owned(), message.clone()),
        }
    }
    at_inputs
}
