/** Drops sign-ins that expired before $1. */
export const deleteOldDriverSessions = {
  name: 'delete-old-driver-sessions',
  text: `
delete from driver_sessions where expires_at < $1`,
}
