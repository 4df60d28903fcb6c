type Answers = Record<string, unknown>;

/** The answers of the fields that are asked; those of hidden ones and empty ones stay behind. */
export const askedAnswers = (visible: readonly string[], answers: Answers): Answers =>
  Object.fromEntries(visible.flatMap((key) => {
    const value = answers[key];
    return value === undefined || value === '' || value === null ? [] : [[key, value]];
  }));
