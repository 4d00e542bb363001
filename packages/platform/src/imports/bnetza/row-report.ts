/** How much a report matters: `error` left something out, `warning` doubts or repairs a value, `info` records a gap. */
export type ReportSeverity = 'error' | 'warning' | 'info'

/** What became of the cell: nothing of the row, a plug or charge point, one field; or it was kept. */
export type ReportEffect =
  | 'row_skipped'
  | 'part_left_out'
  | 'field_left_out'
  | 'repaired'
  | 'assumed'
  | 'noted'

const code = (severity: ReportSeverity, effect: ReportEffect) => ({ severity, effect }) as const

/** Every code a row report may carry, with its severity and effect. */
export const reportCodes = {
  csv_unreadable: code('error', 'row_skipped'),
  header_missing: code('error', 'row_skipped'),
  column_missing: code('error', 'noted'),
  column_count_differs: code('error', 'row_skipped'),
  row_limit_reached: code('error', 'row_skipped'),
  text_undecodable: code('warning', 'noted'),
  facility_id_garbled: code('error', 'row_skipped'),
  facility_duplicate: code('error', 'row_skipped'),
  address_missing: code('error', 'row_skipped'),
  coordinates_garbled: code('error', 'row_skipped'),
  coordinates_implausible: code('error', 'row_skipped'),
  no_usable_charge_point: code('error', 'row_skipped'),
  connector_unknown: code('error', 'part_left_out'),
  power_garbled: code('error', 'part_left_out'),
  power_implausible: code('error', 'part_left_out'),
  charge_point_without_plug: code('error', 'part_left_out'),
  operator_missing: code('warning', 'field_left_out'),
  house_number_missing: code('info', 'noted'),
  house_number_repaired: code('warning', 'repaired'),
  text_cut: code('warning', 'repaired'),
  city_contradicts_district: code('warning', 'repaired'),
  postal_code_garbled: code('warning', 'field_left_out'),
  postal_code_differs: code('warning', 'noted'),
  coordinates_imprecise: code('warning', 'repaired'),
  coordinates_rounded: code('info', 'repaired'),
  coordinates_disagree: code('warning', 'noted'),
  coordinates_shared: code('warning', 'noted'),
  coordinates_far_from_postal_code: code('warning', 'noted'),
  status_unknown: code('warning', 'noted'),
  charge_point_count_differs: code('warning', 'noted'),
  power_shared: code('info', 'noted'),
  power_exceeds_facility: code('warning', 'noted'),
  assumed_phases: code('warning', 'assumed'),
  assumed_nominal_voltage: code('info', 'assumed'),
  evse_id_malformed: code('warning', 'field_left_out'),
  evse_id_ambiguous: code('warning', 'field_left_out'),
  evse_id_duplicate: code('warning', 'field_left_out'),
  evse_id_in_address: code('warning', 'field_left_out'),
  payment_unknown: code('warning', 'field_left_out'),
  payment_not_carried: code('info', 'noted'),
  parking_note_unknown: code('warning', 'field_left_out'),
  opening_times_unknown: code('info', 'field_left_out'),
  opening_times_garbled: code('warning', 'field_left_out'),
  opening_times_contradict: code('warning', 'noted'),
  opening_times_differ: code('warning', 'field_left_out'),
  names_differ: code('info', 'field_left_out'),
} as const

export type ReportCode = keyof typeof reportCodes

/** One thing the register lacks or garbles, and what the import did about it. */
export interface RowReport {
  /** Line of the file on which the row ends, from 1. */
  readonly line: number
  /** `Ladeeinrichtungs-ID`, when the row has a usable one. */
  readonly facilityId: string | undefined
  /** Column name as the register spells it, `''` for the row or file itself. */
  readonly column: string
  readonly code: ReportCode
  readonly severity: ReportSeverity
  readonly effect: ReportEffect
  /** Text of the cell, at most 200 characters. */
  readonly raw: string
  /** What was done with it, one sentence part. */
  readonly done: string
}

/** Notes something about one row. */
export type Note = (code: ReportCode, column: string, raw: string, done: string) => void

const RAW_LIMIT = 200

/** Collects reports; `noteFor` binds the row they belong to. */
export class ReportBook {
  readonly #reports: RowReport[] = []

  noteFor(line: number, facilityId: string | undefined): Note {
    return (reportCode, column, raw, done) => {
      const shown = raw.length > RAW_LIMIT ? `${raw.slice(0, RAW_LIMIT)}…` : raw
      this.#reports.push({
        line,
        facilityId,
        column,
        code: reportCode,
        ...reportCodes[reportCode],
        raw: shown,
        done,
      })
    }
  }

  /** All reports in the order of the file. */
  inFileOrder(): RowReport[] {
    return [...this.#reports].sort((a, b) => a.line - b.line)
  }
}
