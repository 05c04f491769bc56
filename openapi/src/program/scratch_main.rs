use std::io::Write as _;

fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args().skip(1);
    let document = arguments.next().unwrap_or_default();
    let mut check = api_request_openapi::check(OPERATIONS, &document);
    if arguments.next().is_some_and(|complete| complete == "true") {
        check = check.complete();
    }
    while let (Some(operation), Some(at), Some(reason)) = (arguments.next(), arguments.next(), arguments.next()) {
        check = check.allow(operation, at, reason);
    }
    let agreement = match check.run() {
        Ok(agreement) => agreement,
        Err(error) => {
            eprintln!("error: {error}");
            return std::process::ExitCode::from(2);
        }
    };
    let mut output = std::io::stdout().lock();
    let mut line = |line: std::fmt::Arguments<'_>| {
        let _ = writeln!(output, "{line}");
    };
    for difference in &agreement.differences {
        line(format_args!("{difference}"));
    }
    for unchecked in &agreement.unchecked {
        line(format_args!("not compared: {unchecked}"));
    }
    for (difference, reason) in &agreement.allowed {
        line(format_args!("allowed: {difference}: {reason}"));
    }
    let count = agreement.differences.len();
    line(format_args!("{}, {}", number(OPERATIONS.len(), "operation"), number(count, "difference")));
    std::process::ExitCode::from(u8::from(count > 0))
}

fn number(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
