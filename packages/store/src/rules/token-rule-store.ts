import type { Database } from '../database/index.js'
import type { ObjectKey, TokenRule, TokenRuleStore } from '../ports/index.js'
import { deleteRule } from '../sql/rules/delete-rule.js'
import { selectRule } from '../sql/rules/select-rule.js'
import { upsertRule } from '../sql/rules/upsert-rule.js'

const keyOf = (token: ObjectKey): readonly string[] => [token.countryCode, token.partyId, token.id]

/** Rules for real-time authorization in PostgreSQL. */
export const createTokenRuleStore = (database: Database): TokenRuleStore => ({
  async get(token) {
    const { rows } = await database.query<{ rule: TokenRule }>(selectRule, keyOf(token))
    return rows[0]?.rule
  },
  async put(token, rule) {
    if (rule === null) await database.query(deleteRule, keyOf(token))
    else await database.query(upsertRule, [...keyOf(token), JSON.stringify(rule)])
  },
})
