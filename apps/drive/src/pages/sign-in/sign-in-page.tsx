import { SignIn } from '../../sign-in/sign-in.js'

/** The sign-in as a page of its own; after it comes the account. */
export const SignInPage = () => <SignIn then="/account" />

export default SignInPage
