/** Drops sign-ins that expired before $1. */
export const deleteOldOperatorSessions = {
  name: 'delete-old-operator-sessions',
  text: 'delete from operator_sessions where expires_at < $1',
}
