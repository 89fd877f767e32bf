"""What comes after the registry: a commit, and a push that may have to be tried again on top of what others pushed."""

import os
from collections.abc import Sequence
from pathlib import Path

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.registry.manifest import Manifest
from xchange_cli.release.git.command import look, pause
from xchange_cli.release.git.committing import (
    commit,
    ignored_files,
    message_of,
    subject_of,
    uncommitted,
    versions_among,
)
from xchange_cli.release.git.pushing import Pushed, catch_up, push, put_back, take_back
from xchange_cli.release.git.tree import checkout_of
from xchange_cli.release.git.unshared import unshared_in
from xchange_cli.release.publishing.outcome import Outcome, PublishResult, ToCommit, failed
from xchange_cli.release.publishing.publish_one import publish_one
from xchange_cli.release.publishing.ready import Ready, renewed
from xchange_cli.release.publishing.unsettled import going_along, has_unpushed
from xchange_cli.release.publishing.wish import Job

ATTEMPTS = 40


class Finish:
    """Commits and pushes what was published. Without these wishes it says what is to be committed."""

    def __init__(self, job: Job, readies: Sequence[Ready]) -> None:
        self._job = job
        self._readies = {one.draft.key: one for one in readies}
        self._digests = frozenset(one.package.digest for one in readies)
        self._lost: dict[str, XchangeError] = {}
        self._made = set[str]()
        self._earlier = ""

    def finished(self, outcomes: Sequence[Outcome]) -> PublishResult:
        job, has_git = self._job, self._job.origin.checkout is not None
        result = PublishResult(tuple(outcomes), job.wish.is_dry_run, has_git)
        if job.wish.is_dry_run or job.tree is None or not result.versions:
            return result
        try:
            if not job.wish.commits:
                return self._left_to_commit(result)
            result = result._replace(commit=self._commit(result))
        except XchangeError as error:
            return result._replace(trouble=error)
        return self._pushed(result) if job.wish.pushes else result

    def _left_to_commit(self, result: PublishResult) -> PublishResult:
        """Say what is to be committed, or what git would leave out."""
        tree = self._job.tree
        assert tree is not None
        keys = [one.key for one in result.versions]
        paths = uncommitted(tree, keys)
        if not paths:
            return result
        ignored = [name for one in result.versions for name in ignored_files(tree, one)]
        if ignored:
            return result._replace(
                ignored=shown(tree.top / ignored[0], Path(os.path.realpath(self._job.folder)))
            )
        message = subject_of(versions_among(tree, paths, result.versions))
        wanted = unshared_in(tree, self._job.registry, keys, self._job.folder).paths
        return result._replace(to_commit=ToCommit(wanted, message))

    def _commit(self, result: PublishResult) -> str:
        """Commit what is not committed; give the commit, empty where there is nothing to commit."""
        tree = self._job.tree
        assert tree is not None
        paths = uncommitted(tree, [one.key for one in result.versions])
        if not paths:
            return ""
        made = commit(tree, paths, message_of(versions_among(tree, paths, result.versions)))
        self._made.add(made)
        return made

    def _pushed(self, result: PublishResult) -> PublishResult:
        upstream = self._job.upstream
        assert upstream is not None
        if not result.commit and not has_unpushed(self._job):
            return result
        others = going_along(self._job)
        for attempt in range(ATTEMPTS):
            try:
                if push(upstream) is Pushed.DONE:
                    said = (*result.said, *others)
                    return self._with_earlier(result._replace(pushed_to=str(upstream), said=said))
                self._take_back()
                self._catch_up()
                result = self._again(result)
            except XchangeError as error:
                return self._given_up(result, error)
            if result.trouble is not None or not result.versions:
                return self._with_earlier(result)
            pause(attempt)
        message = f"others were faster to push to {upstream}, {ATTEMPTS} times"
        return self._given_up(
            result, XchangeError(ErrorCode.CONFLICT, message, hint="Publish again.", retryable=True)
        )

    def _take_back(self) -> None:
        """Take back what was committed; one that an earlier call has made is remembered."""
        assert self._job.upstream is not None
        last = look(self._job.upstream.top, "rev-parse", "HEAD").text
        if take_back(self._job.upstream, self._digests) and last not in self._made:
            self._earlier = last

    def _catch_up(self) -> None:
        """Put what is here on top of what others pushed; where local commits were moved, everything is read anew."""
        job = self._job
        assert job.upstream is not None
        if not catch_up(job.upstream):
            return
        origin = job.origin._replace(checkout=checkout_of(job.project.root))
        self._job = job._replace(origin=origin)
        for key, ready in self._readies.items():
            try:
                self._readies[key] = renewed(self._job, ready)
            except XchangeError as error:
                self._lost[key] = error

    def _again(self, result: PublishResult) -> PublishResult:
        """Publish and commit on top of what others pushed: with the next number, or none where theirs is the same."""
        outcomes = map(self._once_more, result.outcomes)
        result = result._replace(outcomes=tuple(outcomes), commit="")
        return result._replace(commit=self._commit(result)) if result.versions else result

    def _once_more(self, one: Outcome) -> Outcome:
        if one.manifest is None:
            return one
        lost = self._lost.get(one.key)
        return failed(one.key, lost) if lost is not None else publish_one(self._job, self._readies[one.key])

    def _given_up(self, result: PublishResult, error: XchangeError) -> PublishResult:
        """Take back what could not be pushed: the remote's branch decides what is published."""
        assert self._job.upstream is not None
        if look(self._job.upstream.top, "rev-parse", "HEAD").text in self._made:
            self._take_back()
        if self._earlier and put_back(self._job.upstream, self._earlier):
            self._earlier = ""
        outcomes = tuple(
            failed(one.key, error) if one.manifest is not None and not self._is_there(one.manifest) else one
            for one in result.outcomes
        )
        is_told = any(one.error is error for one in outcomes)
        trouble = None if is_told else error
        return self._with_earlier(result._replace(outcomes=outcomes, commit="", trouble=trouble))

    def _with_earlier(self, result: PublishResult) -> PublishResult:
        """Tell of a commit that an earlier call has made, and that what others pushed has taken the place of."""
        if not self._earlier:
            return result
        said = (
            f"the commit {self._earlier[:10]} of an earlier call, which was never pushed, is taken back: others were "
            f"faster. `git show {self._earlier[:10]}` has it, with its note"
        )
        return result._replace(said=(*result.said, said))

    def _is_there(self, manifest: Manifest) -> bool:
        """Tell whether it is in the registry: under its number there may be one of somebody else."""
        try:
            return self._job.registry.manifest(manifest.key, manifest.number) == manifest
        except XchangeError:
            return False
