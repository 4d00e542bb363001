import { PageHead } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('charging')

/** Past charges, receipts and statements. */
export const HistoryPages = () => <PageHead title={say('history_title')} />

export default HistoryPages
