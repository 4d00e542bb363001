//! Prices sessions with ocpi-kit. A line of standard input is `{"time_zone", "tariffs", "start_date_time", "end_date_time",
//! "charging_periods", "expired"}` in the form of 2.3.0; the line that answers it is `total before taxes, tab, total after taxes`,
//! or `!` and an error.

use std::io::{BufRead, Write};

use ocpi_kit::tariffs::{PricedPeriod, PricedSession, PricingEngine, TimeZone};
use ocpi_kit::types::{DateTime, Number};
use ocpi_kit::v2_3_0::tariffs::Tariff;
use serde_json::Value;

fn date_time(value: &Value) -> Result<DateTime, String> {
    value.as_str().unwrap_or_default().parse().map_err(|error| format!("{error}"))
}

fn period(value: &Value) -> Result<PricedPeriod, String> {
    let mut period = PricedPeriod::new(date_time(&value["start_date_time"])?);
    for dimension in value["dimensions"].as_array().into_iter().flatten() {
        let volume: Number = serde_json::from_value(dimension["volume"].clone()).map_err(|error| error.to_string())?;
        match dimension["type"].as_str().unwrap_or_default() {
            "ENERGY" => period.energy_kwh = volume,
            "TIME" => period.charging_hours = volume,
            "PARKING_TIME" => period.parking_hours = volume,
            "RESERVATION_TIME" => period.reservation_hours = volume,
            "MIN_POWER" => period.min_power_kw = Some(volume),
            "MAX_POWER" => period.max_power_kw = Some(volume),
            "MIN_CURRENT" => period.min_current_a = Some(volume),
            "MAX_CURRENT" => period.max_current_a = Some(volume),
            other => return Err(format!("no dimension {other}")),
        }
    }
    Ok(period)
}

fn answer(line: &str) -> Result<String, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let tariffs: Vec<Tariff> = serde_json::from_value(value["tariffs"].clone()).map_err(|error| error.to_string())?;
    let zone = TimeZone::named(value["time_zone"].as_str().unwrap_or("UTC")).map_err(|error| error.to_string())?;
    let mut session = PricedSession::new(date_time(&value["start_date_time"])?, zone);
    session.reservation_expired = value["expired"].as_bool().unwrap_or(false);
    for one in value["charging_periods"].as_array().into_iter().flatten() {
        session = session.with_period(period(one)?);
    }
    let session = session.ending(date_time(&value["end_date_time"])?);
    let breakdown = PricingEngine::new().price(&session, &tariffs).map_err(|error| error.to_string())?;
    Ok(format!("{}\t{}", breakdown.total_excl_vat, breakdown.total_incl_vat))
}

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line of standard input");
        match answer(&line) {
            Ok(text) => writeln!(out, "{text}"),
            Err(text) => writeln!(out, "!{}", text.replace('\n', " ")),
        }
        .expect("standard output");
    }
}
