import { problem } from '../../result.js'
import type { NodeServices } from '../../services.js'

const AT = '2026-03-01T10:00:00.000Z'

/** An in-memory node with which everything is well. */
export const healthInMemory = (
  hasPartner: (id: string) => boolean,
): Pick<NodeServices, 'health' | 'scorecards' | 'statuses'> => ({
  health: {
    traffic: async () => ({ minutes: 5, items: [] }),
    problems: async () => ({ isWatched: true, open: [], ended: [] }),
  },
  scorecards: {
    of: async (partnerId, days) =>
      hasPartner(partnerId)
        ? {
            kind: 'done',
            value: {
              partnerId,
              days,
              from: AT,
              to: AT,
              measures: [],
              answers: [],
              hours: [],
              prices: [],
              findings: [],
            },
          }
        : problem(404, 'No such partner', 'There is no partner of this id.'),
  },
  statuses: {
    ofLocation: async () => ({
      kind: 'done',
      value: { from: AT, to: AT, keptDays: 30, complete: true, evses: [] },
    }),
  },
})
