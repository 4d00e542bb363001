import { PageHead } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('report')

/** Reports a problem. */
export const ReportPage = () => <PageHead title={say('title')} />

export default ReportPage
