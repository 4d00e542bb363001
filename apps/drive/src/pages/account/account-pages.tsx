import { PageHead } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('account')

/** The account and what belongs to it. */
export const AccountPages = () => <PageHead title={say('title')} />

export default AccountPages
