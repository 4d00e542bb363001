/** Drops challenges that expired before $1. */
export const deleteOldDriverChallenges = {
  name: 'delete-old-driver-challenges',
  text: `
delete from driver_challenges where expires_at < $1`,
}
