/** Worker $2 takes or renews webhook $1 for $3 milliseconds; no row when another worker holds it. */
export const leaseWebhook = {
  name: 'lease-webhook',
  text: `
update webhooks
set leased_by = $2, leased_until = clock_timestamp() + $3 * interval '1 millisecond'
where id = $1 and (leased_by = $2 or leased_until is null or leased_until < clock_timestamp())`,
}
