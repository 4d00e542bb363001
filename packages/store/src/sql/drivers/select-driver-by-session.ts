import { driverColumns } from './driver-columns.js'

/** The driver of the sign-in with hash $1, unless it expired before $2. */
export const selectDriverBySession = {
  name: 'select-driver-by-session',
  text: `
select ${driverColumns}
from driver_sessions s
join drivers d on d.id = s.driver_id
where s.hash = $1 and s.expires_at > $2`,
}
