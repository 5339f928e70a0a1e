/* SPDX-License-Identifier: Apache-2.0 */
/* Telling what is wrong in a faulty value, in the service's words. */
#ifndef DDBEXPR_CHECK_VALUE_FAULTS_H
#define DDBEXPR_CHECK_VALUE_FAULTS_H

#include "diagnostic/diagnostic.h"
#include "value/value.h"

/* Reports the first fault in the value; false if there is none. `source` and `member` say whose value it is; with
 * `wrap`, it is that of a placeholder, which some wordings name. */
bool report_value_fault(const value *v, ddbexpr_source source, str member, bool wrap, ddbexpr_diags *diags);

#endif
