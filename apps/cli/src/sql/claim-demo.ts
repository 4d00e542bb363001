/** Takes the lock that only one demonstration per server holds; it lives as long as its connection. */
export const claimDemo = {
  name: 'claim-demo',
  text: 'select pg_try_advisory_lock(4901101) as claimed',
}
