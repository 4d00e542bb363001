/** Changes the token of the driver $1 with uid $2 and type $3: the fields that $4, a JSON object, names. */
export const updateDriverToken = {
  name: 'update-driver-token',
  text: `
update driver_tokens
set label = case when $4::jsonb ? 'label' then $4::jsonb ->> 'label' else label end,
  blocked_at = case when $4::jsonb ? 'blockedAt' then ($4::jsonb ->> 'blockedAt')::timestamptz else blocked_at end
where driver_id = $1 and uid = $2 and type = $3`,
}
