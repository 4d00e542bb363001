/** Sign-ins of the driver $1, the newest first. */
export const selectDriverSessions = {
  name: 'select-driver-sessions',
  text: `
select created_at as "createdAt", expires_at as "expiresAt"
from driver_sessions
where driver_id = $1
order by created_at desc`,
}
