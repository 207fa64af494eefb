/** The publisher's profile values (`TIDINGS_PACKAGED_PROFILE` at build time, a JSON object), `{}` when none were given. */
declare const __TIDINGS_PACKAGED_PROFILE__: Readonly<Record<string, unknown>>;

/** True in the build that end-to-end tests drive (`TIDINGS_E2E_BUILD=1`), false in every other. */
declare const __TIDINGS_ALLOW_DEBUGGING__: boolean;
