/** English words for what becomes of the keyring while Tidings runs. */
export const enVault = {
  lockedMeanwhile:
    'The keyring was locked meanwhile. Your sign-ins are saved, and Tidings uses it again when you unlock it.',
} as const;
