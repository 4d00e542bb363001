import type { Database } from '../database/index.js'
import type { PartnerProfile, PartnerProfileStore } from '../ports/index.js'
import { notifyDirectory } from '../sql/partners/notify-directory.js'
import { selectProfiles } from '../sql/profiles/select-profiles.js'
import { upsertPricing } from '../sql/profiles/upsert-pricing.js'
import { upsertProfile } from '../sql/profiles/upsert-profile.js'

interface ProfileRow {
  readonly partnerId: string
  readonly profile: PartnerProfile
}

/** Profiles of partners in PostgreSQL. */
export const createPartnerProfileStore = (database: Database): PartnerProfileStore => ({
  async all() {
    const { rows } = await database.query<ProfileRow>(selectProfiles, [])
    return new Map(rows.map(({ partnerId, profile }) => [partnerId, profile]))
  },
  async put(partnerId, profile) {
    await database.transaction(async (tx) => {
      await tx.query(upsertProfile, [partnerId, JSON.stringify(profile)])
      await tx.query(notifyDirectory)
    })
  },
  async putPricing(partnerId, pricing) {
    await database.transaction(async (tx) => {
      await tx.query(upsertPricing, [partnerId, JSON.stringify(pricing)])
      await tx.query(notifyDirectory)
    })
  },
})
