//! Prices CDRs with ocpi-tariffs. A line of standard input is `time zone, tab, version, tab, CDR with its tariffs`; the line
//! that answers it is `total before taxes, tab, total after taxes` with four decimals, `-` for what is not known, or `!` and
//! an error.
//!
//! `--time N` prices every line N times instead and tells the microseconds of one: parsing alone, and pricing alone.

use std::io::{BufRead, Write};
use std::time::Instant;

use chrono_tz::Tz;
use ocpi_tariffs::{Version, cdr, json, price};

fn version_of(text: &str) -> Version {
    if text == "2.1.1" { Version::V211 } else { Version::V221 }
}

fn read(line: &str) -> Result<(Tz, Version, &str), String> {
    let mut parts = line.splitn(3, '\t');
    let (Some(zone), Some(version), Some(document)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("a line is a time zone, a version and a CDR".into());
    };
    let zone = zone.parse::<Tz>().map_err(|error| error.to_string())?;
    Ok((zone, version_of(version), document))
}

fn priced(cdr: &cdr::Versioned<'_>, zone: Tz) -> Result<price::Report, String> {
    match cdr::price(cdr, price::TariffSource::UseCdr, zone) {
        Ok(report) => Ok(report.into_parts().0),
        Err(set) => Err(set.into_parts().0.warning().to_string()),
    }
}

fn answer(line: &str) -> Result<String, String> {
    let (zone, version, document) = read(line)?;
    let document = json::parse_object(document).map_err(|error| format!("{error:?}"))?;
    let (cdr, _) = cdr::from_json(document, version).into_parts();
    let report = priced(&cdr, zone)?;
    let Some(total) = report.total_cost.calculated else { return Ok("-\t-".into()) };
    let gross = total.incl_vat.map_or("-".to_string(), |money| plain(&money));
    Ok(format!("{}\t{gross}", plain(&total.excl_vat)))
}

/// Without the sign of the currency, to four decimals.
fn plain(money: &ocpi_tariffs::Money) -> String {
    format!("{money:#}")
}

/// Seconds of processor time where Linux tells them, so that other processes do not count; otherwise of the clock.
struct Stopwatch(Option<f64>, Instant);

impl Stopwatch {
    fn processor() -> Option<f64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
    }

    fn start() -> Self {
        Self(Self::processor(), Instant::now())
    }

    fn seconds(&self) -> f64 {
        match (self.0, Self::processor()) {
            (Some(begin), Some(end)) => end - begin,
            _ => self.1.elapsed().as_secs_f64(),
        }
    }
}

fn time(lines: &[String], rounds: u32) {
    let mut parse = f64::MAX;
    let mut pricing = f64::MAX;
    for _ in 0..rounds {
        let begin = Stopwatch::start();
        let read: Vec<_> = lines
            .iter()
            .map(|line| {
                let (zone, version, document) = read(line).expect("a line");
                let document = json::parse_object(document).expect("JSON");
                (zone, cdr::from_json(document, version).into_parts().0)
            })
            .collect();
        parse = parse.min(begin.seconds());
        let begin = Stopwatch::start();
        for (zone, cdr) in &read {
            std::hint::black_box(priced(cdr, *zone).expect("a price"));
        }
        pricing = pricing.min(begin.seconds());
    }
    let each = 1e6 / lines.len() as f64;
    println!("{{\"parseUs\":{:.3},\"priceUs\":{:.3}}}", parse * each, pricing * each);
}

fn main() {
    let mut lines = std::io::stdin().lock().lines().map(|line| line.expect("a line of standard input"));
    if let Some(rounds) = std::env::args().skip_while(|one| one != "--time").nth(1) {
        return time(&lines.collect::<Vec<_>>(), rounds.parse().expect("a number of rounds"));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in &mut lines {
        match answer(&line) {
            Ok(text) => writeln!(out, "{text}"),
            Err(text) => writeln!(out, "!{}", text.replace('\n', " ")),
        }
        .expect("standard output");
    }
}
