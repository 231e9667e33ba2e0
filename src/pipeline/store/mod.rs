pub mod replacements;
