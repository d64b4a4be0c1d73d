/* Text from files in Markdown that is shown by code hosts. Knows no format. */
#include "markdown_text.h"

/* What code hosts make something of wherever it stands: `@` calls somebody, `#` another issue, an
 * address becomes a link. */
static bool is_obeyed(struct cp_str rest)
{
    return *rest.at == '@' || *rest.at == '#' || cp_str_has_prefix(rest, "://") ||
           cp_str_has_prefix(rest, "www.");
}

/* A letter of what would be obeyed is code, and so it is not. */
void markdown_put_text(struct cp_document *document, struct cp_str text)
{
    while (text.len > 0) {
        size_t len = 0;
        while (len < text.len && !is_obeyed(cp_str_slice(text, len, SIZE_MAX))) {
            len++;
        }
        cp_document_text(document, cp_str_slice(text, 0, len));
        if (len < text.len) {
            cp_document_code(document, cp_str_slice(text, len, 1));
        }
        text = cp_str_slice(text, len + 1, text.len);
    }
}
