import { addresseeText } from '../../objects/object-row.js'
import type { PageQuery } from '../../ports/objects.js'
import { withoutCdr } from '../scorecards/without-cdr.js'
import { evsesOfLocation } from './object-columns.js'

/** Parameters of a statement in the order they are mentioned. */
export class Params {
  readonly values: unknown[] = []

  /** Adds a value and returns its placeholder. */
  add(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}

/**
 * How locations that changed since a time are found. `few`: from the rows that changed. `many`: along the page order,
 * asking each location for a changed EVSE. The total tells which: few matches would make the walk long.
 */
export type DateStrategy = 'few' | 'many'

const changedSince = (time: string, strategy: DateStrategy): string =>
  strategy === 'few'
    ? `(l.country_code, l.party_id, l.id) in (
        select c.country_code, c.party_id, c.id from objects c where c.kind = 'location' and c.last_updated >= ${time}
        union
        select e.country_code, e.party_id, split_part(e.id, '/', 1) from objects e
        where e.kind = 'evse' and e.last_updated >= ${time})`
    : `(l.last_updated >= ${time} or exists (
        select 1 from objects e where ${evsesOfLocation('e', 'l')} and e.last_updated >= ${time}))`

const notChangedSince = (time: string, strategy: DateStrategy): string =>
  strategy === 'few'
    ? `l.last_updated < ${time} and not exists (
        select 1 from objects e where e.kind = 'evse' and e.country_code = l.country_code
        and e.party_id = l.party_id and split_part(e.id, '/', 1) = l.id and e.last_updated >= ${time})`
    : `l.last_updated < ${time} and not exists (
        select 1 from objects e where ${evsesOfLocation('e', 'l')} and e.last_updated >= ${time})`

const dateConditions = (query: PageQuery, params: Params, strategy: DateStrategy): string[] => {
  const from = query.dateFrom === undefined ? undefined : `${params.add(query.dateFrom)}::timestamptz`
  const to = query.dateTo === undefined ? undefined : `${params.add(query.dateTo)}::timestamptz`
  const byEvses = query.kind === 'location'
  const conditions: string[] = []
  if (from !== undefined)
    conditions.push(byEvses ? changedSince(from, strategy) : `l.last_updated >= ${from}`)
  if (to !== undefined) conditions.push(byEvses ? notChangedSince(to, strategy) : `l.last_updated < ${to}`)
  return conditions
}

const ownerCondition = (owners: NonNullable<PageQuery['owners']>, params: Params): string => {
  const [first] = owners
  if (owners.length === 1 && first !== undefined) {
    // Equality lets one index give both the filter and the order.
    return `l.country_code = ${params.add(first.countryCode)} and l.party_id = ${params.add(first.partyId)}`
  }
  const countries = params.add(owners.map(({ countryCode }) => countryCode))
  const parties = params.add(owners.map(({ partyId }) => partyId))
  return `(l.country_code, l.party_id) in (select * from unnest(${countries}::text[], ${parties}::text[]))`
}

const tokenOwnerCondition = (owners: NonNullable<PageQuery['tokenOwners']>, params: Params): string => {
  const countries = params.add(owners.map(({ countryCode }) => countryCode))
  const parties = params.add(owners.map(({ partyId }) => partyId))
  return `(upper((l.document -> 'cdr_token' ->> 'country_code') collate "C"),
    upper((l.document -> 'cdr_token' ->> 'party_id') collate "C"))
    in (select * from unnest(${countries}::text[], ${parties}::text[]))`
}

const requesterCondition = (requesters: NonNullable<PageQuery['requesters']>, params: Params): string => {
  const countries = params.add(requesters.map(({ countryCode }) => countryCode))
  const parties = params.add(requesters.map(({ partyId }) => partyId))
  const asked = `l.document #> '{booking_requests,0,booking_request}'`
  return `l.kind = 'booking' and (upper((${asked} ->> 'country_code') collate "C"), upper((${asked} ->> 'party_id') collate "C"))
    in (select * from unnest(${countries}::text[], ${parties}::text[]))`
}

/** Booking locations with a free timeslot that overlaps the time asked for (BKG-002). */
const timeslotCondition = ({ timeslotFrom, timeslotTo }: PageQuery, params: Params): string | undefined => {
  if (timeslotFrom === undefined && timeslotTo === undefined) return undefined
  const ends =
    timeslotFrom && `(slot ->> 'end_date_time')::timestamptz > ${params.add(timeslotFrom)}::timestamptz`
  const starts =
    timeslotTo && `(slot ->> 'start_date_time')::timestamptz < ${params.add(timeslotTo)}::timestamptz`
  return `exists (
    select from jsonb_path_query(l.document, '$.calendars[*].available_timeslots[*]') slot
    where ${[ends, starts].filter((each) => each !== undefined).join(' and ')})`
}

const checkCondition = (check: NonNullable<PageQuery['check']>, params: Params): string => {
  const { outcome, state, finding } = check
  const conditions = [
    ...(outcome === undefined ? [] : [`c.outcome = ${params.add(outcome)}`]),
    ...(state === undefined ? [] : [`c.state = ${params.add(state)}`]),
    ...(finding === undefined
      ? []
      : [`c.findings @> ${params.add(JSON.stringify([{ code: finding }]))}::jsonb`]),
  ]
  return `exists (select 1 from cdr_checks c
    where c.country_code = l.country_code and c.party_id = l.party_id and c.cdr_key = l.id
      and ${conditions.join(' and ')})`
}

/** The conditions of a page on the alias `l`, values as parameters. */
export const pageConditions = (query: PageQuery, params: Params, strategy: DateStrategy): string => {
  const conditions = [`l.kind = ${params.add(query.kind)}`, `l.kind <> 'evse'`, 'l.deleted_at is null']
  if (query.owners !== undefined) conditions.push(ownerCondition(query.owners, params))
  if (query.tokenOwners !== undefined) {
    conditions.push(`l.kind in ('session', 'cdr')`, tokenOwnerCondition(query.tokenOwners, params))
  }
  if (query.addressees !== undefined)
    conditions.push(`l.addressee = any (${params.add(query.addressees.map(addresseeText))}::text[])`)
  if (query.requesters !== undefined) conditions.push(requesterCondition(query.requesters, params))
  const timeslot = timeslotCondition(query, params)
  if (timeslot !== undefined) conditions.push(timeslot)
  if (query.receivedFrom !== undefined) {
    conditions.push(
      query.receivedFrom === null
        ? 'l.received_from is null'
        : `l.received_from = ${params.add(query.receivedFrom)}`,
    )
  }
  if (query.check !== undefined && Object.keys(query.check).length > 0)
    conditions.push(checkCondition(query.check, params))
  if (query.withoutCdr === true) conditions.push(`l.kind = 'session' and ${withoutCdr}`)
  const published = `(l.document -> 'publish') is distinct from 'false'::jsonb`
  if (query.unpublished === 'none') conditions.push(published)
  if (query.unpublished === 'allowed') {
    conditions.push(`(${published} or jsonb_path_exists(l.document, '$.publish_allowed_to[*]'))`)
  }
  for (const [field, value] of Object.entries(query.where ?? {})) {
    conditions.push(`l.document ->> ${params.add(field)}::text = ${params.add(value)}`)
  }
  return [...conditions, ...dateConditions(query, params, strategy)].join('\n    and ')
}
