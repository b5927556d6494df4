import pytest

from hudun.core.paper.pdf import write_pdf
from hudun.core.paper.word import write_docx

from . import samples


@pytest.fixture(scope="session")
def report_pdf() -> bytes:
    return write_pdf(samples.report(), samples.fonts(), samples.WRITTEN, samples.HOME)


@pytest.fixture(scope="session")
def report_docx() -> bytes:
    return write_docx(samples.report(), samples.fonts(), samples.WRITTEN, samples.HOME)


@pytest.fixture(scope="session")
def notice_pdf() -> bytes:
    return write_pdf(samples.notice(), samples.fonts(), samples.WRITTEN, samples.HOME)
