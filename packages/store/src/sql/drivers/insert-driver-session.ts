/** Adds a sign-in: hash, driver_id, created_at, expires_at. */
export const insertDriverSession = {
  name: 'insert-driver-session',
  text: `
insert into driver_sessions (hash, driver_id, created_at, expires_at)
values ($1, $2, $3, $4)`,
}
