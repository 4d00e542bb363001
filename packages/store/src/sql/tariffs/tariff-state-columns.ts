const kept = `document, last_updated as "lastUpdated", version_in as "versionIn", unmapped, received_from as "receivedFrom",
    changed_seq as "changedSeq", deleted_at as "deletedAt"`

/** Rows of `TariffState` of one tariff, the present one among them; parameters $1 to $3 are country, party and id. */
export const statesOfTariff = `(
  select ${kept}, null::timestamptz as "replacedAt"
  from objects
  where kind = 'tariff' and country_code = $1 and party_id = $2 and id = $3
  union all
  select ${kept}, replaced_at as "replacedAt"
  from tariff_states
  where country_code = $1 and party_id = $2 and id = $3
) as state`
