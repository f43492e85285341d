// Sends one command to the API and says what became of it.

export async function post(path) {
  try {
    const answer = await fetch(new URL(path, document.baseURI), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    if (answer.ok) {
      return { status: answer.status, detail: null };
    }

    const problem = await answer.json().catch(() => ({}));
    return { status: answer.status, detail: problem.detail ?? problem.title ?? null };
  } catch {
    return { status: 0, detail: null };
  }
}
