/* SPDX-License-Identifier: Apache-2.0 */
/* How much a finding matters, as the configuration of its file says. */
#include "cli/check/findings.h"

void finding_apply_level(struct finding *finding, size_t index)
{
    const struct unit *unit = finding->unit;
    enum config_level level = config_level_of(&unit->settings, ddbexpr_diag_code(finding->diag));
    if (level != CONFIG_OFF && ddbexpr_diag_service_type(finding->diag)[0])
        return; /* what the service refuses is an error, whatever anybody thinks of it */
    switch (level) {
    case CONFIG_UNSET:
        break;
    case CONFIG_OFF:
        finding->suppressed = SUPPRESSED_BY_CONFIGURATION;
        break;
    case CONFIG_INFO:
        ddbexpr_diags_set_severity(unit->diags, index, DDBEXPR_INFO);
        break;
    case CONFIG_WARNING:
        ddbexpr_diags_set_severity(unit->diags, index, DDBEXPR_WARNING);
        break;
    case CONFIG_ERROR:
        ddbexpr_diags_set_severity(unit->diags, index, DDBEXPR_ERROR);
        break;
    }
}
