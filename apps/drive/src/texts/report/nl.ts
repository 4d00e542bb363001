import type { Catalogue } from '../catalogue.js'

/** Reports of problems. */
export const report: Catalogue['report'] = {
  title: 'Probleem melden',
}
