/** Takes the challenge with hash $1 away, unless it expired before $2. */
export const takeDriverChallenge = {
  name: 'take-driver-challenge',
  text: `
delete from driver_challenges
where hash = $1 and expires_at > $2
returning hash, purpose, challenge, driver_id as "driverId", expires_at as "expiresAt"`,
}
